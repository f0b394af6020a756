"""The dates of a planning year: set for a commune, a district or the whole country."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language

from participation.enums import Reach, StepKind
from participation.querysets import PlanningYearQuerySet
from places.models import Commune, District

TITLE_LENGTH = 120
SOURCE_LENGTH = 200


class PlanningYear(models.Model):
    """A set of dates for the plan that begins in `year`; its meetings are held in the year before.

    Of the sets that are meant for a commune the nearest holds as a whole: its own, its district's, the country's.
    Where there is none, the usual dates are shown and marked as such. `source` says where the dates come from.
    """

    year = models.PositiveSmallIntegerField()
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="planning_years")
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="planning_years")
    source = models.CharField(max_length=SOURCE_LENGTH, blank=True, default="")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = PlanningYearQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("commune", "year"), condition=Q(commune__isnull=False), name="participation_year_of_commune"
            ),
            models.UniqueConstraint(
                fields=("district", "year"), condition=Q(district__isnull=False), name="participation_year_of_district"
            ),
            models.UniqueConstraint(
                fields=("year",),
                condition=Q(commune__isnull=True, district__isnull=True),
                name="participation_year_of_country",
            ),
            models.CheckConstraint(
                condition=Q(commune__isnull=True) | Q(district__isnull=True), name="participation_year_of_one_place"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.reach}"

    @property
    def reach(self) -> Reach:
        """For whom the set is meant."""
        if self.commune_id:
            return Reach.COMMUNE
        return Reach.DISTRICT if self.district_id else Reach.COUNTRY


class PlanningStep(models.Model):
    """One step from `start_date` to `end_date`, both days included. A step of one's own carries its own title."""

    planning_year = models.ForeignKey(PlanningYear, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind)
    title_km = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    title_en = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    start_date = models.DateField()
    end_date = models.DateField()

    class Meta:
        ordering = ("start_date", "end_date", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("planning_year", "kind"), condition=~Q(kind=StepKind.OWN), name="participation_step_once"
            ),
            models.CheckConstraint(condition=Q(end_date__gte=F("start_date")), name="participation_step_ends_later"),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.OWN) | ~Q(title_km=""), name="participation_step_own_is_named"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.start_date}"

    @property
    def key(self) -> str:
        """What tells it from the other steps of its set."""
        return self.title_km if self.kind == StepKind.OWN else self.kind

    @property
    def title(self) -> str:
        """In the reader's language; the Khmer one where nobody wrote the English."""
        own = (self.title_en or self.title_km) if get_language() == "en" else self.title_km
        return own or str(self.get_kind_display())


class StepReminder(models.Model):
    """Followers of a commune were reminded of a step that begins on this day; written once, before they are told.

    `step` is the step's kind, or the Khmer title of a step of one's own.
    """

    commune = models.ForeignKey(Commune, models.PROTECT, related_name="+")
    step = models.CharField(max_length=TITLE_LENGTH)
    start_date = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("commune", "step", "start_date"), name="participation_reminder_once"),
        )

    def __str__(self) -> str:
        return f"{self.commune_id} {self.step} {self.start_date}"
