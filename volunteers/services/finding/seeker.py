"""What the order knows about the person who looks; nothing at all of a visitor."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from places.models import Commune
from volunteers.enums import TimeOfDay
from volunteers.models import SkillClaim, SkillSet, VolunteerProfile
from volunteers.services.learning import list_granted_skills


@dataclass
class Seeker:
    """Places are commune codes as numbers; `granted`, `claimed`, `growth` are ids of skills: proved, said, wanted."""

    home: Commune | None = None
    reach: frozenset[int] = frozenset()
    granted: frozenset[int] = frozenset()
    claimed: frozenset[int] = frozenset()
    growth: frozenset[int] = frozenset()
    times: frozenset[TimeOfDay] = frozenset()
    free_from: date | None = None
    free_until: date | None = None
    profile: VolunteerProfile | None = field(default=None, repr=False)

    @property
    def place(self) -> int:
        """Where the person lives now; 0 where nobody knows."""
        return int(self.home.code) if self.home else 0

    @property
    def has_skills(self) -> bool:
        return bool(self.granted or self.claimed)

    @cached_property
    def skill_sets(self) -> dict[int, frozenset[int]]:
        """Every combination of skills that requests ask for. One query, when it is first needed."""
        return read_skill_sets()


def read_seeker(user: User | AnonymousUser) -> Seeker:
    """Five queries for a member, none for a visitor."""
    if not isinstance(user, User):
        return Seeker()
    profile = find_profile(user)
    granted = frozenset(list_granted_skills(user))
    claimed = frozenset(SkillClaim.objects.filter(user=user).values_list("skill", flat=True)) - granted
    if profile is None:
        return Seeker(home=find_home(user), granted=granted, claimed=claimed)
    return Seeker(
        home=find_home(user),
        reach=frozenset(int(code) for code in profile.communes),
        granted=granted,
        claimed=claimed,
        growth=frozenset(profile.growth_skills.values_list("pk", flat=True)),
        times=frozenset(profile.times),
        free_from=profile.free_from,
        free_until=profile.free_until,
        profile=profile,
    )


def find_profile(user: User) -> VolunteerProfile | None:
    return VolunteerProfile.objects.filter(user=user).first()


def find_home(user: User) -> Commune | None:
    """The commune the person lives in now, else the one they call home."""
    return user.current_commune or user.home_commune


def read_skill_sets() -> dict[int, frozenset[int]]:
    return {row.pk: frozenset(row.skill_ids) for row in SkillSet.objects.all()}
