"""What a person can do, and how we know: a course, a confirmed task, attendance at work, or their own word.

A claim counts after every proof and is marked wherever it is shown.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from courses.enums import SubmissionStatus
from courses.models import CoursePage, Skill, SkillGrant, Submission
from volunteers.enums import SignupStatus
from volunteers.models import RequestSkill, SkillClaim, VolunteerRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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
    attended = {
        "request__applications__applicant": user,
        "request__applications__placement__signups__status": SignupStatus.ATTENDED,
    }
    tasks = Submission.objects.filter(user=user, status=SubmissionStatus.ACCEPTED).values("course_key")
    taught = CoursePage.objects.filter(translation_key__in=tasks, skill_links__skill__in=skill_ids)
    found = {
        Source.WORK: RequestSkill.objects.filter(**attended, skill__in=skill_ids).values_list("skill_id", flat=True),
        Source.TASK: taught.values_list("skill_links__skill_id", flat=True),
        Source.COURSE: SkillGrant.objects.filter(user=user, skill__in=skill_ids).values_list("skill_id", flat=True),
        Source.CLAIM: SkillClaim.objects.filter(user=user, skill__in=skill_ids).values_list("skill_id", flat=True),
    }
    known = {source: set(ids) for source, ids in found.items()}
    return {pk: tuple(source for source in Source if pk in known[source]) for pk in skill_ids}


@transaction.atomic
def claim_skills(user: User, skills: Collection[Skill]) -> None:
    """These and no others are the person's own word now."""
    SkillClaim.objects.filter(user=user).exclude(skill__in=skills).delete()
    SkillClaim.objects.bulk_create([SkillClaim(user=user, skill=skill) for skill in skills], ignore_conflicts=True)
