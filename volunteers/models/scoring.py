"""How an office scores applicants: by criteria in words, each from 1 to 5, without knowing who they are."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from volunteers.models.application import Application
from volunteers.models.request import VolunteerRequest

FEWEST_CRITERIA, MOST_CRITERIA = 3, 5
LOWEST_POINTS, HIGHEST_POINTS = 1, 5
HEAVIEST = 3
LONGEST_NAME, LONGEST_ANCHOR = 80, 160


class Criterion(models.Model):
    """One thing that an office looks at, with words for the lowest, the middle and the highest points.

    A request has `FEWEST_CRITERIA` to `MOST_CRITERIA` of them; they stay as they are from the first score on.
    """

    request = models.ForeignKey(VolunteerRequest, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    name_km = models.CharField(_("what is looked at"), max_length=LONGEST_NAME)
    name_en = models.CharField(_("what is looked at, in English"), max_length=LONGEST_NAME, blank=True, default="")
    low_km = models.CharField(_("what 1 means"), max_length=LONGEST_ANCHOR)
    low_en = models.CharField(_("what 1 means, in English"), max_length=LONGEST_ANCHOR, blank=True, default="")
    middle_km = models.CharField(_("what 3 means"), max_length=LONGEST_ANCHOR)
    middle_en = models.CharField(_("what 3 means, in English"), max_length=LONGEST_ANCHOR, blank=True, default="")
    high_km = models.CharField(_("what 5 means"), max_length=LONGEST_ANCHOR)
    high_en = models.CharField(_("what 5 means, in English"), max_length=LONGEST_ANCHOR, blank=True, default="")

    class Meta:
        ordering = ("position",)
        verbose_name_plural = "criteria"
        constraints = (
            models.UniqueConstraint(fields=("request", "position"), name="volunteers_criterion_place_once"),
            models.CheckConstraint(
                condition=Q(position__range=(1, MOST_CRITERIA)), name="volunteers_criterion_few_enough"
            ),
            models.CheckConstraint(condition=Q(weight__range=(1, HEAVIEST)), name="volunteers_criterion_weight_sane"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self._read("name")

    @property
    def anchors(self) -> list[tuple[int, str]]:
        """The points that have words, and the words."""
        middle = (LOWEST_POINTS + HIGHEST_POINTS) // 2
        return [
            (LOWEST_POINTS, self._read("low")),
            (middle, self._read("middle")),
            (HIGHEST_POINTS, self._read("high")),
        ]

    def _read(self, name: str) -> str:
        """In the reader's language, or in the one that there is."""
        km, en = (str(getattr(self, f"{name}_{language}")) for language in ("km", "en"))
        return (en or km) if get_language() == "en" else (km or en)


class Score(models.Model):
    """The points that one reviewer gave one application for one criterion. Scoring again changes the row."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    scored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("application", "criterion", "by")
        constraints = (
            models.UniqueConstraint(fields=("application", "criterion", "by"), name="volunteers_score_once"),
            models.CheckConstraint(
                condition=Q(points__range=(LOWEST_POINTS, HIGHEST_POINTS)), name="volunteers_score_points_sane"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application_id} · {self.criterion_id} · {self.points}"


class ScoreChange(models.Model):
    """Points that were other points before: never changed, never deleted while the application stands."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="score_changes")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    before = models.PositiveSmallIntegerField()
    after = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("at",), name="volunteers_score_change_day"),)

    def __str__(self) -> str:
        return f"{self.application_id} · {self.criterion_id} · {self.before} > {self.after}"
