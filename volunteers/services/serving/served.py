"""Whether a volunteer served at least 80 % of the agreed days: one definition, for every page and figure.

Days are local days (Asia/Phnom_Penh) up to now. Where a placement has shifts, an agreed day is one on which the person
had signed up for a shift that ended; it was served when they came to at least one shift of that day, or hours of that
day were confirmed or settled above zero. Left out on both sides: days whose shifts were called off by the office, left
by the volunteer in time, excused, or that nobody recorded (the office's silence is not held against the volunteer),
unless hours of that day were confirmed. A placement without any shift agreed on `weekly_hours` of its request: its
agreed days are the whole days' worth of those hours since the first day, four hours making a day, and served are
confirmed hours by the same measure. Without any agreed day there is no share.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils import timezone

from volunteers.enums import SignupStatus
from volunteers.models import HoursEntry, Placement, ShiftSignup
from volunteers.services.serving.conditions import find_last_day

ENOUGH = 80  # per cent
DAY_MINUTES = 4 * 60
EXPECTED = (SignupStatus.ATTENDED, SignupStatus.NO_SHOW)


@dataclass(frozen=True)
class Served:
    """Agreed days so far, and how many of them were served."""

    agreed: int
    served: int

    @property
    def percent(self) -> int | None:
        """Rounded down; None where no day was agreed yet."""
        return min(100, 100 * self.served // self.agreed) if self.agreed else None

    @property
    def is_enough(self) -> bool | None:
        """At least `ENOUGH` per cent, by whole numbers; None where no day was agreed yet."""
        return 100 * self.served >= ENOUGH * self.agreed if self.agreed else None


def measure_served(placements: Iterable[Placement]) -> dict[int, Served]:
    """By the placement's key. Two queries, however many; the request of each placement must be loaded."""
    chosen = {placement.pk: placement for placement in placements}
    came, expected = _read_shifts(list(chosen))
    confirmed = _read_hours(list(chosen))
    found = {}
    for pk, placement in chosen.items():
        if pk in expected:
            done = came[pk] | set(confirmed[pk])
            agreed = {day for day, counts in expected[pk].items() if counts or day in done}
            found[pk] = Served(len(agreed), len(agreed & done))
        else:
            found[pk] = _measure_by_week(placement, sum(confirmed[pk].values()))
    return found


def _read_shifts(keys: list[int]) -> tuple[dict[int, set[date]], dict[int, dict[date, bool]]]:
    """Days on which the person came; all days with a shift, and whether the day counts by itself."""
    came: dict[int, set[date]] = defaultdict(set)
    expected: dict[int, dict[date, bool]] = {}
    rows = ShiftSignup.objects.filter(placement__in=keys, ends_at__lte=timezone.now())
    rows = rows.exclude(status__in=(SignupStatus.WAITING, SignupStatus.CALLED))
    for pk, status, starts_at in rows.values_list("placement", "status", "starts_at"):
        day, days = timezone.localdate(starts_at), expected.setdefault(pk, {})
        days[day] = days.get(day, False) or status in EXPECTED
        if status == SignupStatus.ATTENDED:
            came[pk].add(day)
    return came, expected


def _read_hours(keys: list[int]) -> dict[int, dict[date, int]]:
    """Minutes that hold, by placement and day; without days of 0."""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    rows = HoursEntry.objects.filter(placement__in=keys, settled_minutes__gt=0).order_by()
    for pk, day, minutes in rows.values_list("placement", "day_date").annotate(sum=Sum("settled_minutes")):
        found[pk][day] = minutes
    return found


def _measure_by_week(placement: Placement, minutes: int) -> Served:
    today = timezone.localdate()
    last = min(today, find_last_day(placement) or today)
    if placement.start_date is None or last < placement.start_date:
        return Served(0, 0)
    weekly = placement.application.request.weekly_hours * 60
    agreed = ((last - placement.start_date).days + 1) * weekly // 7 // DAY_MINUTES
    return Served(agreed, min(agreed, minutes // DAY_MINUTES))
