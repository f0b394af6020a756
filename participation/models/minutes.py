"""The minutes of a meeting: a summary and the decisions, public once they are published."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from participation.enums import Outcome
from participation.models.meeting import TITLE_LENGTH, Meeting

SUMMARY_LENGTH = 6000
REASON_LENGTH = 400


class Minutes(models.Model):
    """A draft of the office until `published_at`. `came_count` is how many people were there, as the office counted."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="minutes")
    summary_km = models.TextField(max_length=SUMMARY_LENGTH, blank=True, default="")
    summary_en = models.TextField(max_length=SUMMARY_LENGTH, blank=True, default="")
    came_count = models.PositiveIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.meeting_id}"

    @property
    def summary(self) -> str:
        return self.summary_en if get_language() == "en" and self.summary_en else self.summary_km


class Decision(models.Model):
    """One project or question and what was decided; the order is that of the list. Costs in riel."""

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    title_km = models.CharField(max_length=TITLE_LENGTH)
    title_en = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    outcome = models.CharField(max_length=10, choices=Outcome)
    cost = models.PositiveBigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True, default="")

    class Meta:
        ordering = ("minutes", "position")
        constraints = (
            models.UniqueConstraint(fields=("minutes", "position"), name="participation_decision_in_order"),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.REFUSED) | ~models.Q(reason=""),
                name="participation_decision_refused_has_reason",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_km
