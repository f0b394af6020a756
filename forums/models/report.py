"""What members told the moderators about posts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forums.enums import HideReason, ReportOutcome
from forums.models.case import Case
from forums.models.post import Post
from forums.querysets import ReportQuerySet


class Report(models.Model):
    """One member's word on one post: open until a moderator decides, then kept with who decided what and when."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="post_reports")
    reason = models.CharField(max_length=14, choices=HideReason)
    note = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=ReportOutcome, blank=True, default="")

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("post", "reporter"), condition=Q(closed_at__isnull=True), name="forums_report_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="forums_report_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(reason=HideReason.OTHER) | ~Q(note=""), name="forums_report_other_has_note"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} {self.reason}"
