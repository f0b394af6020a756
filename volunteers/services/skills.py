"""What a person can do, and how we know: a course, a confirmed task, attendance at work, or their own word.

A claim counts after every proof and is marked wherever it is shown.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from courses.enums import SubmissionStatus
from courses.models import CourseSkill, Skill, SkillGrant, Submission
from volunteers.enums import SignupStatus
from volunteers.models import Application, RequestSkill, SkillClaim, VolunteerRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


CAME = "placement__signups__status"  # of an application


class Source(TextChoices):
    """How a skill is known, the strongest first."""

    WORK = "work", _("shown at work")
    TASK = "task", _("confirmed task")
    COURSE = "course", _("from a course")
    CLAIM = "claim", pgettext_lazy("skill", "claimed")


@dataclass(frozen=True)
class HeldSkill:
    """A skill beside its evidence, the strongest first; empty evidence means that it is missing."""

    skill: Skill
    sources: tuple[Source, ...] = ()

    @property
    def is_proved(self) -> bool:
        return any(source != Source.CLAIM for source in self.sources)

    @property
    def is_claimed(self) -> bool:
        """Nothing but the person's own word."""
        return self.sources == (Source.CLAIM,)

    @property
    def labels(self) -> "list[StrOrPromise]":
        shown = self.sources if self.is_claimed else [source for source in self.sources if source != Source.CLAIM]
        return [source.label for source in shown]


def list_needed(request: VolunteerRequest, user: User) -> list[HeldSkill]:
    """The skills that help with this work, each with the person's evidence. Four queries, none without skills."""
    skills = [row.skill for row in request.skill_rows.all()]
    sources = find_sources(user, {skill.pk for skill in skills}) if skills else {}
    return [HeldSkill(skill, sources.get(skill.pk, ())) for skill in skills]


def list_mine(user: User) -> list[HeldSkill]:
    """Every skill there is, for the page where a person claims some."""
    skills = list(Skill.objects.all())
    sources = find_sources(user, {skill.pk for skill in skills})
    return [HeldSkill(skill, sources.get(skill.pk, ())) for skill in skills]


def find_sources(user: User, skill_ids: Collection[int]) -> dict[int, tuple[Source, ...]]:
    """Skill's key to its evidence, the strongest first. Four queries."""
    work, tasks = list_shown(user)
    found = {
        Source.WORK: work.filter(skill__in=skill_ids).values_list("skill_id", flat=True),
        Source.TASK: tasks.filter(skill__in=skill_ids).values_list("skill_id", flat=True),
        Source.COURSE: SkillGrant.objects.filter(user=user, skill__in=skill_ids).values_list("skill_id", flat=True),
        Source.CLAIM: SkillClaim.objects.filter(user=user, skill__in=skill_ids).values_list("skill_id", flat=True),
    }
    known = {source: set(ids) for source, ids in found.items()}
    return {pk: tuple(source for source in Source if pk in known[source]) for pk in skill_ids}


def list_shown(user: User) -> tuple[QuerySet[RequestSkill], QuerySet[CourseSkill]]:
    """Skills shown at work, and by a confirmed task: rows with a `skill`."""
    came = {"request__applications__applicant": user, f"request__applications__{CAME}": SignupStatus.ATTENDED}
    done = Submission.objects.filter(user=user, status=SubmissionStatus.ACCEPTED).values("course_key")
    return RequestSkill.objects.filter(**came), CourseSkill.objects.filter(page__translation_key__in=done)


def find_shown(people: Collection[int], skill_ids: Collection[int]) -> dict[int, set[int]]:
    """The same for many people, by their keys. Two queries, three where somebody has a confirmed task."""
    came = Application.objects.filter(applicant__in=people, **{CAME: SignupStatus.ATTENDED})
    found: dict[int, set[int]] = defaultdict(set)
    for person, skill in came.order_by().values_list("applicant", "request__skill_rows__skill"):
        if skill in skill_ids:
            found[person].add(skill)
    done = list(
        Submission.objects.filter(user__in=people, status=SubmissionStatus.ACCEPTED).values_list("user", "course_key")
    )
    if done:
        taught = CourseSkill.objects.filter(page__translation_key__in={key for _, key in done}, skill__in=skill_ids)
        by_course: dict[object, set[int]] = defaultdict(set)
        for key, skill in taught.values_list("page__translation_key", "skill"):
            by_course[key].add(skill)
        for person, key in done:
            found[person] |= by_course[key]
    return found


@transaction.atomic
def claim_skills(user: User, skills: Collection[Skill]) -> None:
    """These and no others are the person's own word now."""
    SkillClaim.objects.filter(user=user).exclude(skill__in=skills).delete()
    SkillClaim.objects.bulk_create([SkillClaim(user=user, skill=skill) for skill in skills], ignore_conflicts=True)
