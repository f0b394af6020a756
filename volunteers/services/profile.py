"""What a person tells about helping: kept, copied into applications, taken along and deleted."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from courses.models import CourseSkill, Skill
from places.models import Commune
from volunteers.enums import SpokenLanguage, TimeOfDay
from volunteers.models import Application, VolunteerProfile
from volunteers.models.profile import DAYS, PARTS, SLOTS, list_slots


def find_or_start_profile(user: User) -> VolunteerProfile:
    """The person's profile; an unsaved empty one where there is none yet."""
    return VolunteerProfile.objects.filter(user=user).first() or VolunteerProfile(user=user)


@transaction.atomic
def save_profile(
    profile: VolunteerProfile, *, slots: Collection[tuple[int, TimeOfDay]], communes: list[Commune], skills: list[Skill]
) -> VolunteerProfile:
    """Keep it with the free slots, the reachable communes and the skills to learn. Two phones write one profile."""
    User.objects.select_for_update().filter(pk=profile.user_id).values("pk").get()
    known = VolunteerProfile.objects.filter(user=profile.user_id).first()
    if known is not None:
        profile.pk, profile.last_query, profile._state.adding = known.pk, known.last_query, False
    profile.free = sum(1 << SLOTS.index(slot) for slot in set(slots))
    profile.communes = list(dict.fromkeys(commune.code for commune in communes))
    profile.save()
    profile.growth_skills.set(skills)
    return profile


def list_communes(profile: VolunteerProfile) -> list[Commune]:
    """The reachable communes with their parents, in the order of their codes."""
    if not profile.communes:
        return []
    return list(Commune.objects.filter(code__in=profile.communes).with_parents().order_by("code"))


def list_taught_skills() -> QuerySet[Skill]:
    """What a live course teaches: only that can one want to learn here."""
    taught = CourseSkill.objects.filter(page__live=True).values("skill")
    return Skill.objects.filter(pk__in=taught)


def suggest_times(form: Any, times: Collection[TimeOfDay]) -> None:
    """The free times of the profile stand ticked in an application that nobody has written yet."""
    if "times" in form.fields and not form.is_bound and not form.initial.get("times"):
        offered = {value for value, _label in form.fields["times"].choices}
        form.initial["times"] = [time for time in TimeOfDay if time in times and time.value in offered]


def copy_profile(user: User, application: Application) -> None:
    """What an office may read of the profile, as it is now: free times and languages."""
    profile = VolunteerProfile.objects.filter(user=user).first()
    if profile is not None:
        application.free, application.languages = profile.free, profile.languages


def say_week(free: int) -> list[tuple[str, str]]:
    """Free times as an office reads them: each part of the day with its days."""
    slots = list_slots(free)
    rows = [(part, [str(DAYS[day]) for day, each in slots if each == part]) for part in PARTS]
    return [(str(part.label), ", ".join(days)) for part, days in rows if days]


def say_languages(codes: Collection[str]) -> list[str]:
    return [str(SpokenLanguage(code).label) for code in codes if code in SpokenLanguage.values]


def describe_profile(user: User) -> dict[str, Any] | None:
    """For the person's own copy; JSON-ready."""
    profile = VolunteerProfile.objects.filter(user=user).prefetch_related("growth_skills").first()
    if profile is None:
        return None
    return {
        "free": [{"day": day + 1, "part": part.value} for day, part in profile.slots],
        "weekly_hours": profile.weekly_hours,
        "free_from": profile.free_from and profile.free_from.isoformat(),
        "free_until": profile.free_until and profile.free_until.isoformat(),
        "languages": profile.languages,
        "own_words": profile.own_words,
        "communes": profile.communes,
        "growth_skills": [skill.code for skill in profile.growth_skills.all()],
        "last_search": profile.last_query,
    }


def describe_searches(user: User) -> list[dict[str, Any]]:
    rows = user.saved_searches.all()
    return [{"name": row.name, "query": row.query, "is_told": row.is_told} for row in rows]


def forget_finding(user: User) -> None:
    """The account is being deleted: the profile and the searches go with it."""
    user.saved_searches.all().delete()
    VolunteerProfile.objects.filter(user=user).delete()
