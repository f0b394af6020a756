"""Somebody who decides in the place of an office that does not answer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteers.enums import ReviewerEnd
from volunteers.models.request import VolunteerRequest
from volunteers.querysets import AppointmentQuerySet

LONGEST_APPOINTMENT_DAYS = 14


class ReviewerAppointment(models.Model):
    """For one request and a limited time. The end is written into the row; no appointment is deleted."""

    request = models.ForeignKey(VolunteerRequest, models.CASCADE, related_name="appointments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.CharField(_("why"), max_length=300)
    appointed_at = models.DateTimeField(auto_now_add=True)
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    end_reason = models.CharField(max_length=10, choices=ReviewerEnd, blank=True, default="", editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("-appointed_at", "-pk")
        indexes = (
            models.Index(fields=("reviewer", "request"), name="volunteers_reviewer_mine"),
            models.Index(fields=("until_at",), condition=Q(ended_at=None), name="volunteers_reviewer_clock"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("request",), condition=Q(ended_at=None), name="volunteers_reviewer_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(until_at__gt=F("appointed_at")), name="volunteers_reviewer_has_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(end_reason=""), name="volunteers_reviewer_end_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.request_id} · {self.reviewer_id}"

    @property
    def is_active(self) -> bool:
        return self.ended_at is None and self.until_at > timezone.now()
