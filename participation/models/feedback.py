"""What people say of a meeting afterwards, whether they came or not, and what the office makes of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from participation.enums import FeedbackStage, MissedBecause, Opinion
from participation.models.meeting import Meeting

REPLY_LENGTH = 240


class MeetingFeedback(models.Model):
    """One person's answer at one stage; a change of mind changes the row. Nobody but the person reads it: others read
    sums of enough answers. Whoever came has an `opinion`, whoever did not a `reason`.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="feedback")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="meeting_feedback")
    stage = models.CharField(max_length=5, choices=FeedbackStage)
    opinion = models.CharField(max_length=6, choices=Opinion, blank=True, default="")
    reason = models.CharField(max_length=11, choices=MissedBecause, blank=True, default="")
    has_told = models.BooleanField(default=False)  # something of themselves, for the sums by group
    day_date = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "user", "stage"), name="participation_feedback_once"),
            models.CheckConstraint(
                condition=Q(opinion="") & ~Q(reason="") | ~Q(opinion="") & Q(reason=""),
                name="participation_feedback_of_one_kind",
            ),
        )
        indexes = (models.Index(fields=("user", "meeting"), name="participation_feedback_by"),)

    def __str__(self) -> str:
        return f"{self.stage}"


class FeedbackReply(models.Model):
    """One sentence of the office: what it changes. It stands on the page of the next meeting."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="feedback_reply")
    text_km = models.CharField(max_length=REPLY_LENGTH)
    text_en = models.CharField(max_length=REPLY_LENGTH, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" and self.text_en else self.text_km
