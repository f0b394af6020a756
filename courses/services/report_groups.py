"""Whose learning a report may count: groups of people chosen so that no two reports, nor a report and a sum, differ by
a few people.

Places part the learners of a course once for all: a place that is hidden in the table is not opened by itself either,
and days do not cut places up. Days are counted in runs of at least `STAFF_LEAST` beginners; what somebody asks for is
widened to whole runs, so the difference between two spans is again whole runs.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from courses.models import Enrolment
from places.models import Province
from ui.small_groups import STAFF_LEAST, find_hidden

PROVINCE = "user__home_commune__district__province"


@dataclass(frozen=True)
class Scope:
    """Whose learning is counted: who lives in the province, or began from `since` to `until`, both days included."""

    since: date | None = None
    until: date | None = None
    province: Province | None = None

    @property
    def has_days(self) -> bool:
        return bool(self.since or self.until)

    @property
    def condition(self) -> Q:
        """Of enrolments."""
        found = Q()
        if self.since:
            found &= Q(started_at__date__gte=self.since)
        if self.until:
            found &= Q(started_at__date__lte=self.until)
        if self.province:
            found &= Q(**{PROVINCE: self.province})
        return found

    def enrolments(self, course_keys: Iterable[uuid.UUID]) -> "QuerySet[Enrolment]":
        return Enrolment.objects.filter(self.condition, course_key__in=list(course_keys))


def fit(course_keys: Sequence[uuid.UUID], scope: Scope) -> dict[uuid.UUID, Scope | None]:
    """For each course the scope that may be counted, None where that would tell on a few. One query."""
    found = Enrolment.objects.filter(course_key__in=course_keys)
    if scope.province:
        groups = found.values_list("course_key", PROVINCE)
    else:
        groups = found.annotate(day=TruncDate("started_at")).values_list("course_key", "day")
    sizes: dict[uuid.UUID, dict[object, int]] = {key: {} for key in course_keys}
    for key, group, count in groups.annotate(n=Count("pk")).order_by():
        sizes[key][group] = count
    return {key: _fit_one(scope, sizes[key]) for key in course_keys}


def _fit_one(scope: Scope, sizes: Mapping[object, int]) -> Scope | None:
    if not sizes:
        return scope
    if sum(sizes.values()) < STAFF_LEAST:
        return None
    if scope.province:
        return None if scope.province.pk in find_hidden(sizes, least=STAFF_LEAST) else scope
    return widen(scope, sizes)  # type: ignore[arg-type]


def widen(scope: Scope, sizes: Mapping[date, int]) -> Scope:
    """The scope from the first day of a run to the last day of one; as it is where it meets none: nobody began then.
    `sizes`: how many began, by day.
    """
    since, until = scope.since or date.min, scope.until or date.max
    met = [(first, last) for first, last in find_runs(sizes) if last >= since and first <= until]
    return replace(scope, since=met[0][0], until=met[-1][1]) if met and scope.has_days else scope


def find_runs(sizes: Mapping[date, int]) -> list[tuple[date, date]]:
    """First and last day of each run, in their order; the last run takes in the days that are left."""
    runs: list[tuple[date, date]] = []
    count, left = STAFF_LEAST, sum(sizes.values())
    for day in sorted(sizes):
        if count >= STAFF_LEAST and (left >= STAFF_LEAST or not runs):
            runs.append((day, day))
            count = 0
        runs[-1] = (runs[-1][0], day)
        count += sizes[day]
        left -= sizes[day]
    return runs
