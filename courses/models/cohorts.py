"""A cohort: people who take one course together, with a facilitator who sees how far each is."""

import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from courses.enums import CohortState, NudgeSentence, Presence
from courses.querysets import KEPT_DAYS, CohortMemberQuerySet, CohortQuerySet, NudgeQuerySet
from places.models import Commune

LONGEST_NUDGE = 200


def make_token() -> str:
    """128 bits: who does not have the link cannot guess it."""
    return secrets.token_urlsafe(16)


class Cohort(models.Model):
    """`organisation` leads it: the course's publisher, or for a course of the programme the organisation of whoever
    opened it; None: the programme itself. `member_count` counts who has not left.

    The invitation works while the cohort is not over, `invite_closed_at` is empty and a seat is free.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course_key = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="cohorts")
    title_km = models.CharField(_("Name in Khmer"), max_length=120, blank=True, default="")
    title_en = models.CharField(_("Name in English"), max_length=120, blank=True, default="")
    start_date = models.DateField(_("First day"))
    end_date = models.DateField(_("Last day"))
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="+")
    most_members = models.PositiveSmallIntegerField(_("Most learners"), null=True, blank=True)
    member_count = models.PositiveIntegerField(default=0, editable=False)
    token = models.CharField(max_length=40, unique=True, default=make_token, editable=False)
    invite_closed_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    facilitators = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="cohorts_led")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CohortQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(title_km="", title_en=""), name="courses_cohort_has_title"),
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="courses_cohort_days_in_order"),
            models.CheckConstraint(
                condition=Q(most_members__isnull=True) | Q(member_count__lte=F("most_members")),
                name="courses_cohort_never_overfilled",
            ),
        )
        indexes = (
            models.Index(fields=("organisation", "-start_date"), name="courses_cohort_of_organisation"),
            models.Index(fields=("-start_date",), name="courses_cohort_newest"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cohort", args=[self.public_id])

    @property
    def title(self) -> str:
        """In the reader's language, else in the other one."""
        titles = (self.title_en, self.title_km) if get_language() == "en" else (self.title_km, self.title_en)
        return titles[0] or titles[1]

    @property
    def title_language(self) -> str:
        """The language code of `title`."""
        return "en" if self.title == self.title_en else "km"

    @property
    def state(self) -> CohortState:
        today = timezone.localdate()
        if today < self.start_date:
            return CohortState.PLANNED
        if today <= self.end_date:
            return CohortState.OPEN
        is_old = self.end_date < today - timedelta(days=KEPT_DAYS)
        return CohortState.ARCHIVED if is_old else CohortState.ENDED

    @property
    def is_over(self) -> bool:
        return self.end_date < timezone.localdate()

    @property
    def is_full(self) -> bool:
        return self.most_members is not None and self.member_count >= self.most_members

    @property
    def is_inviting(self) -> bool:
        """Whether the link lets people in, as far as seats go."""
        return self.invite_closed_at is None and not self.is_over


class CohortMember(models.Model):
    """A learner in a cohort. Leaving sets `left_at`, joining again clears it: the row and its attendance stay."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cohort_memberships")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = CohortMemberQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("cohort", "user"), name="courses_cohortmember_once"),)

    def __str__(self) -> str:
        return f"{self.cohort_id} · {self.user_id}"


class CohortSession(models.Model):
    """The cohort meets face to face. A cancelled one stays in the list and says so."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="sessions")
    title = models.CharField(_("What is it about?"), max_length=120)
    date = models.DateField(_("Day"))
    starts_at = models.TimeField(_("Begins at"), null=True, blank=True)
    place = models.CharField(_("Where?"), max_length=160)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("cohort", "date"), name="courses_cohortsession_in_order"),)

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """Whether a learner was there; who last said so, and when."""

    session = models.ForeignKey(CohortSession, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(CohortMember, models.CASCADE, related_name="attendance")
    presence = models.CharField(max_length=10, choices=Presence)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("session", "member"), name="courses_attendance_once"),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="courses_attendance_presence"),
        )

    def __str__(self) -> str:
        return f"{self.session_id} · {self.member_id} · {self.presence}"


class Nudge(models.Model):
    """A facilitator reminds one learner: a ready sentence, and words of their own for adults only."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="nudges")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="nudges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=12, choices=NudgeSentence)
    text = models.CharField(max_length=LONGEST_NUDGE, blank=True, default="")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NudgeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(sentence__in=NudgeSentence.values), name="courses_nudge_sentence"),
        )
        indexes = (models.Index(fields=("user", "-sent_at"), name="courses_nudge_latest"),)

    def __str__(self) -> str:
        return f"{self.user_id} · {self.sentence}"
