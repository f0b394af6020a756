"""What the order knows about the person who looks; nothing at all of a visitor."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import Value

from accounts.models import User
from courses.models import SkillGrant
from places.models import Commune
from volunteers.enums import TimeOfDay
from volunteers.models import SkillClaim, SkillSet, VolunteerProfile
from volunteers.services.skills import list_shown


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
    """Three queries for a member, none for a visitor."""
    if not isinstance(user, User):
        return Seeker()
    known = User.objects.select_related("volunteer_profile", "home_commune", "current_commune").get(pk=user.pk)
    granted, claimed = read_skills(user)
    profile: VolunteerProfile | None = getattr(known, "volunteer_profile", None)
    if profile is None:
        return Seeker(home=find_home(known), granted=granted, claimed=claimed)
    return Seeker(
        home=find_home(known),
        reach=frozenset(int(code) for code in profile.communes),
        granted=granted,
        claimed=claimed,
        growth=frozenset(profile.growth_skills.values_list("pk", flat=True)),
        times=frozenset(profile.times),
        free_from=profile.free_from,
        free_until=profile.free_until,
        profile=profile,
    )


def read_skills(user: User) -> tuple[frozenset[int], frozenset[int]]:
    """Proved, by a course, a confirmed task or work, and only said. One query."""
    proved = Value(1)
    courses = SkillGrant.objects.filter(user=user).order_by().values_list("skill", proved)
    said = SkillClaim.objects.filter(user=user).order_by().values_list("skill", Value(0))
    rows = list(courses.union(said, *(each.order_by().values_list("skill", proved) for each in list_shown(user))))
    granted = frozenset(skill for skill, is_proved in rows if is_proved)
    return granted, frozenset(skill for skill, _proved in rows) - granted


def find_home(user: User) -> Commune | None:
    """The commune the person lives in now, else the one they call home."""
    return user.current_commune or user.home_commune


def read_skill_sets() -> dict[int, frozenset[int]]:
    return {row.pk: frozenset(row.skill_ids) for row in SkillSet.objects.all()}
