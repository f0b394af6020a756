"""Who learns, and reads of many rows."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.enums import MembershipRole
from accounts.rules import is_programme_staff

if TYPE_CHECKING:
    from accounts.models import User
    from courses.models import (  # noqa: F401  in annotations
        Attempt,
        Certificate,
        Cohort,
        CohortMember,
        Confirmation,
        Enrolment,
        LessonCompletion,
        Nudge,
        ProgressEvent,
        Skill,
        SkillGrant,
        Submission,
    )

FACILITATOR_ROLES = frozenset({MembershipRole.FACILITATOR, MembershipRole.MANAGER})
KEPT_DAYS = 90  # after its end a cohort stays in the lists, then it is archived


@dataclass(frozen=True)
class Learner:
    """A signed-in person, a visitor known by the uuid in their cookie, or nobody yet (both None: nothing is kept)."""

    user: "User | None" = None
    visitor: uuid.UUID | None = None

    @property
    def is_known(self) -> bool:
        return self.user is not None or self.visitor is not None

    @property
    def columns(self) -> dict[str, Any]:
        """The two columns of a row of theirs."""
        return {"user": self.user, "visitor": None if self.user else self.visitor}

    @property
    def rows(self) -> Q:
        """Matches their rows; nothing for nobody."""
        if self.user is not None:
            return Q(user=self.user)
        return Q(visitor=self.visitor) if self.visitor else Q(pk__in=[])


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, learner: Learner) -> "EnrolmentQuerySet":
        return self.filter(learner.rows)

    def going_on(self) -> "EnrolmentQuerySet":
        """Begun and not finished, the latest first."""
        return self.filter(finished_at__isnull=True).order_by("-touched_at", "-pk")


class CompletionQuerySet(models.QuerySet["LessonCompletion"]):
    def of(self, learner: Learner) -> "CompletionQuerySet":
        return self.filter(learner.rows)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, learner: Learner) -> "AttemptQuerySet":
        return self.filter(learner.rows)

    def open(self) -> "AttemptQuerySet":
        return self.filter(status="open")

    def of_quizzes(self) -> "AttemptQuerySet":
        """What counts for a lesson: neither practice nor a check before or after."""
        return self.filter(purpose="quiz")

    def passed(self) -> "AttemptQuerySet":
        return self.of_quizzes().filter(is_passed=True)


class ProgressEventQuerySet(models.QuerySet["ProgressEvent"]):
    def of(self, learner: Learner) -> "ProgressEventQuerySet":
        return self.filter(learner.rows)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def of(self, user: "User") -> "SubmissionQuerySet":
        return self.filter(user=user)

    def waiting(self) -> "SubmissionQuerySet":
        return self.filter(status="handed_in")

    def accepted(self) -> "SubmissionQuerySet":
        return self.filter(status="accepted")

    def for_facilitators(self) -> "SubmissionQuerySet":
        return self.filter(addressee="facilitator")

    def for_clerks(self) -> "SubmissionQuerySet":
        return self.filter(addressee="clerk")

    def with_story(self) -> "SubmissionQuerySet":
        """Everything a screen tells about each: files, review, who reviewed for whom."""
        return self.select_related("office__commune", "review__by", "review__office").prefetch_related("files")


class SkillQuerySet(models.QuerySet["Skill"]):
    def granted_to(self, user: "User") -> "SkillQuerySet":
        return self.filter(grants__user=user)

    def taught_by(self, course_key: uuid.UUID) -> "SkillQuerySet":
        """The skills a finished course grants, in its pages' order."""
        return self.filter(course_links__page__translation_key=course_key, course_links__page__live=True).distinct()

    def taught_by_each(self, course_keys: Iterable[uuid.UUID]) -> "list[tuple[Skill, uuid.UUID]]":
        """Pairs of a skill and a finished course that grants it, in the order of the courses. One query."""
        order = list(course_keys)
        links = self.filter(course_links__page__translation_key__in=order, course_links__page__live=True)
        skills = links.annotate(course_key=F("course_links__page__translation_key")).order_by("pk").distinct()
        pairs: list[tuple[Skill, uuid.UUID]] = [(skill, skill.course_key) for skill in skills]  # type: ignore[attr-defined]
        return sorted(pairs, key=lambda pair: order.index(pair[1]))


class SkillGrantQuerySet(models.QuerySet["SkillGrant"]):
    def of(self, user: "User") -> "SkillGrantQuerySet":
        return self.filter(user=user).select_related("skill")


def facilitated_organisations(user: Any) -> list[int]:
    """Keys of the verified organisations a person facilitates for now."""
    if not user.is_authenticated or not user.is_active:
        return []
    return [
        membership.organisation_id
        for membership in user.active_memberships
        if membership.organisation.is_verified and membership.role in FACILITATOR_ROLES
    ]


class CohortQuerySet(models.QuerySet["Cohort"]):
    def led_by(self, user: Any) -> "CohortQuerySet":
        """As `rules.may_lead` says, for many."""
        if is_programme_staff(user):
            return self
        organisations = facilitated_organisations(user)
        if not organisations:
            return self.none()
        named = self.model.facilitators.through.objects.filter(cohort=OuterRef("pk"), user_id=user.pk)
        return self.filter(Q(organisation__in=organisations) | Exists(named))

    def joined_by(self, user: Any) -> "CohortQuerySet":
        """Cohorts a person learns in now."""
        return self.filter(members__user_id=user.pk, members__left_at=None)

    def visible_to(self, user: Any) -> "CohortQuerySet":
        """To who leads them and who learns in them; nobody else learns that they exist."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(pk__in=self.led_by(user).values("pk")) | Q(pk__in=self.joined_by(user).values("pk")))

    def archived(self, is_archived: bool = True) -> "CohortQuerySet":
        """Over for so long that only who looks for them needs them; or all the others."""
        last = timezone.localdate() - timedelta(days=KEPT_DAYS)
        return self.filter(end_date__lt=last) if is_archived else self.filter(end_date__gte=last)


class CohortMemberQuerySet(models.QuerySet["CohortMember"]):
    def current(self) -> "CohortMemberQuerySet":
        return self.filter(left_at=None)

    def quiet_for(self, days: int) -> "CohortMemberQuerySet":
        """Nothing done in the course for so many days, and it is not finished. New ones are not quiet."""
        limit = timezone.now() - timedelta(days=days)
        enrolment = apps.get_model("courses", "Enrolment")  # models stand above querysets
        own = enrolment._default_manager.filter(user=OuterRef("user"), course_key=OuterRef("cohort__course_key"))
        awake = own.filter(Q(touched_at__gte=limit) | Q(finished_at__isnull=False))
        return self.filter(~Exists(awake), joined_at__lt=limit)


class NudgeQuerySet(models.QuerySet["Nudge"]):
    def unread(self) -> "NudgeQuerySet":
        return self.filter(read_at=None)


Row = TypeVar("Row", bound=models.Model, covariant=True)


class PaperQuerySet(models.QuerySet[Row]):
    """Of any kind of paper."""

    def of(self, user: "User") -> Self:
        return self.filter(user=user)

    def current(self) -> Self:
        """Not replaced by a newer one; may be revoked."""
        return self.filter(superseded_at__isnull=True)

    def void(self) -> Self:
        """No longer to be relied on: revoked or replaced."""
        return self.filter(Q(revoked_at__isnull=False) | Q(superseded_at__isnull=False))


class CertificateQuerySet(PaperQuerySet["Certificate"]):
    """A course's certificates."""


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def of(self, user: "User") -> "ConfirmationQuerySet":
        return self.filter(user=user)

    def waiting(self) -> "ConfirmationQuerySet":
        return self.filter(status="asked")

    def confirmed(self) -> "ConfirmationQuerySet":
        return self.filter(status="confirmed")
