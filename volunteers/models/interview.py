"""A talk before an office decides: times that it proposes, of which the applicant picks one."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import InterviewCancel, InterviewWay
from volunteers.models.application import Application
from volunteers.thread_querysets import InterviewQuerySet

MOST_SLOTS = 5
SHORTEST_TALK, LONGEST_TALK = 10, 90  # minutes


class Interview(models.Model):
    """One proposal. It ends by a time picked, by asking for other times, or by being cancelled; the row stays."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="interviews")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way = models.CharField(_("how you talk"), max_length=6, choices=InterviewWay)
    where = models.CharField(_("room, link, or the number that the applicant calls"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    has_supervisor = models.BooleanField(_("the guide of this work is present"), default=False)
    starts_at = models.DateTimeField(null=True, blank=True, editable=False)  # of the time that was picked
    picked_at = models.DateTimeField(null=True, blank=True, editable=False)
    passed_over_at = models.DateTimeField(null=True, blank=True, editable=False)  # the applicant asked for other times
    wish = models.CharField(_("which times fit you"), max_length=200, blank=True, default="")
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    cancel_reason = models.CharField(max_length=16, choices=InterviewCancel, blank=True, default="", editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(
                fields=("starts_at",),
                condition=Q(starts_at__isnull=False, cancelled_at=None, reminded_at=None),
                name="volunteers_interview_clock",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("application",),
                condition=Q(cancelled_at=None, passed_over_at=None),
                name="volunteers_interview_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(SHORTEST_TALK, LONGEST_TALK)), name="volunteers_interview_length_sane"
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, picked_at=None) | Q(starts_at__isnull=False, picked_at__isnull=False),
                name="volunteers_interview_picked_has_time",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancel_reason=""), name="volunteers_interview_cancel_has_reason"
            ),
        )

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_live(self) -> bool:
        return self.cancelled_at is None and self.passed_over_at is None


class InterviewSlot(models.Model):
    """A time that the office proposes."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at",)
        constraints = (models.UniqueConstraint(fields=("interview", "starts_at"), name="volunteers_slot_once"),)

    def __str__(self) -> str:
        return f"{self.interview_id} · {self.starts_at:%Y-%m-%d %H:%M}"
