"""What a person tells about helping: when, where, in which languages, and what they want to learn."""

from itertools import product

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from volunteers.enums import TimeOfDay
from volunteers.models.finding import LONGEST_QUERY
from volunteers.models.request import MOST_WEEKLY_HOURS

MOST_COMMUNES = 10
PARTS = (TimeOfDay.MORNING, TimeOfDay.AFTERNOON, TimeOfDay.EVENING)
SATURDAY = 5
DAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
SLOTS = tuple(product(range(7), PARTS))  # Monday's morning is bit 0, Sunday's evening bit 20
EVERY_SLOT = (1 << len(SLOTS)) - 1


class VolunteerProfile(models.Model):
    """One person. `free` has a bit for each of `SLOTS`; 0 says nothing about when.

    An office reads of it only what a blind shortlist shows, as copied into an application: the free times and the
    languages. The own words it reads once an offer is accepted.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="volunteer_profile")
    free = models.PositiveIntegerField(default=0)
    weekly_hours = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    free_from = models.DateField(_("free from"), null=True, blank=True)
    free_until = models.DateField(_("free until"), null=True, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    own_words = models.TextField(_("in your own words"), max_length=400, blank=True, default="")
    communes = models.JSONField(_("communes you can reach"), default=list, blank=True)  # codes
    growth_skills = models.ManyToManyField("courses.Skill", related_name="+", blank=True)
    last_query = models.CharField(max_length=LONGEST_QUERY, blank=True, default="", editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(free__lte=EVERY_SLOT), name="volunteers_profile_free_is_a_week"),
            models.CheckConstraint(
                condition=Q(weekly_hours=None) | Q(weekly_hours__range=(1, MOST_WEEKLY_HOURS)),
                name="volunteers_profile_hours_sane",
            ),
            models.CheckConstraint(
                condition=Q(free_until__gte=F("free_from")) | Q(free_from=None) | Q(free_until=None),
                name="volunteers_profile_until_after_from",
            ),
        )

    def __str__(self) -> str:
        return str(self.user_id)

    @property
    def slots(self) -> list[tuple[int, TimeOfDay]]:
        """The free parts of the week, as (day from Monday = 0, part)."""
        return list_slots(self.free)

    @property
    def times(self) -> list[TimeOfDay]:
        return find_times(self.free)


def list_slots(free: int) -> list[tuple[int, TimeOfDay]]:
    return [slot for bit, slot in enumerate(SLOTS) if free >> bit & 1]


def find_times(free: int) -> list[TimeOfDay]:
    """The times of day of the free slots, as requests name them: parts of working days, and weekends as such."""
    slots = list_slots(free)
    found = {part for day, part in slots if day < SATURDAY}
    if any(day >= SATURDAY for day, _part in slots):
        found.add(TimeOfDay.WEEKEND)
    return [time for time in TimeOfDay if time in found]
