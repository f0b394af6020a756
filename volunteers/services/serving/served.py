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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum
from django.utils import timezone

from volunteers.enums import SignupStatus
from volunteers.models import HoursEntry, Placement, ShiftSignup
from volunteers.querysets import PlacementQuerySet
from volunteers.services.serving.conditions import find_end, find_last_day

ENOUGH = 80  # per cent
DAY_MINUTES = 4 * 60
Keys = list[int] | QuerySet[Placement, Any]
EXPECTED = (SignupStatus.ATTENDED, SignupStatus.NO_SHOW)


class Term(NamedTuple):
    """What one placement agreed on."""

    pk: int
    first: date | None
    last: date | None
    weekly_hours: int


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
    chosen = list(placements)
    terms = [
        Term(each.pk, each.start_date, find_last_day(each), each.application.request.weekly_hours) for each in chosen
    ]
    return _measure(terms, [term.pk for term in terms])


def measure_ended(placements: PlacementQuerySet, *, part: Any) -> Iterator[tuple[Any, Served]]:
    """The same of placements that are all over, each with its `part`. Three queries, and no object for each of
    thousands.
    """
    rows = placements.order_by()
    columns = ("pk", "start_date", "end_date", "updated_at", "application__request__weekly_hours")
    parts, terms = [], []
    for key, pk, first, last, ended_at, hours in rows.values_list(part, *columns):
        parts.append(key)
        terms.append(Term(pk, first, find_end(last, ended_at), hours))
    measured = _measure(terms, rows.values("pk")) if terms else {}
    return zip(parts, measured.values(), strict=True)


def _measure(terms: list[Term], keys: Keys) -> dict[int, Served]:
    came, expected = _read_shifts(keys)
    confirmed = _read_hours(keys)
    today, found = timezone.localdate(), {}
    for term in terms:
        if term.pk in expected:
            done = came[term.pk] | set(confirmed[term.pk])
            agreed = {day for day, counts in expected[term.pk].items() if counts or day in done}
            found[term.pk] = Served(len(agreed), len(agreed & done))
        else:
            found[term.pk] = _measure_by_week(term, sum(confirmed[term.pk].values()), today)
    return found


def _read_shifts(keys: Keys) -> tuple[dict[int, set[date]], dict[int, dict[date, bool]]]:
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


def _read_hours(keys: Keys) -> dict[int, dict[date, int]]:
    """Minutes that hold, by placement and day; without days of 0."""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    rows = HoursEntry.objects.filter(placement__in=keys, settled_minutes__gt=0).order_by()
    for pk, day, minutes in rows.values_list("placement", "day_date").annotate(sum=Sum("settled_minutes")):
        found[pk][day] = minutes
    return found


def _measure_by_week(term: Term, minutes: int, today: date) -> Served:
    last = min(today, term.last or today)
    if term.first is None or last < term.first:
        return Served(0, 0)
    agreed = ((last - term.first).days + 1) * term.weekly_hours * 60 // 7 // DAY_MINUTES
    return Served(agreed, min(agreed, minutes // DAY_MINUTES))
