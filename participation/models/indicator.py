"""Figures of participation as they are told: counted by night, standing still in between."""

from django.db import models
from django.utils import timezone


class StandingIndicators(models.Model):
    """What one place is told of one plan, by answers to surveys and, under `met`, by counts at meetings.

    `scope` is "" for the country, the code of a province or commune, or `m:` and the id of a meeting.
    `told` holds whole numbers of people: the sample and the steps of the funnel, and the same for each group that may
    be told (decision 0054). A meeting's row of the year 0 holds what people said of it afterwards
    (`services.feedback.standing`).
    """

    scope = models.CharField(max_length=44)
    year = models.PositiveSmallIntegerField()
    told = models.JSONField(default=dict)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("year", "scope"), name="participation_indicators_once"),)

    def __str__(self) -> str:
        return f"{self.year} {self.scope}"
