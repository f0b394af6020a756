"""What became of requests and applications, part by part. A fixed number of queries, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from places.models import Commune, Province
from ui.small_groups import STAFF_LEAST
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import PlacementStatus, SignupStatus
from volunteers.models import HoursEntry, ShiftSignup
from volunteers.services.figures.hiding import find_hidden_places, is_total_hidden
from volunteers.services.figures.scope import APPLICATION, PLACEMENT, REQUEST, Scope
from volunteers.services.figures.stages import ACCEPTED, APPLIED, OFFERED, STAGES, WAS_OFFERED
from volunteers.services.figures.waits import read_waits
from volunteers.services.serving.served import measure_ended

IDLE_DAYS = 14


@dataclass
class Figures:
    """Of one part, or of all. What people did is None where there are too few of them to show."""

    requests: int = 0
    seats: int = 0
    filled: int = 0
    people: int = 0  # who applied
    applied: int = 0
    offered: int = 0
    accepted: int = 0
    answered: int = 0  # offers that are answered, or lapsed
    ended: int = 0  # placements that are over
    served: int = 0  # of them with at least 80 per cent of the agreed days
    idle: int = 0  # serving now, without shift or hours for `IDLE_DAYS`
    waits: list[float] = field(default_factory=list)  # days from sending to the office's first decision
    is_hidden: bool = False

    @property
    def fill(self) -> int | None:
        return share(self.filled, self.seats)

    @property
    def acceptance(self) -> int | None:
        return None if self.is_hidden else share(self.accepted, self.answered)

    @property
    def service(self) -> int | None:
        return None if self.is_hidden else share(self.served, self.ended)

    @property
    def decision(self) -> int | None:
        """Median days, at least 1; no median is of a few."""
        few = self.is_hidden or len(self.waits) < STAFF_LEAST
        return None if few else max(1, round(median(self.waits)))


def share(part: int, whole: int) -> int | None:
    """Whole per cent; None of nothing."""
    return round(part * 100 / whole) if whole else None


@dataclass(frozen=True)
class Report:
    """`parts` by code of the province or commune, those with anything to tell."""

    scope: Scope
    total: Figures
    parts: dict[str, Figures]


def read_report(scope: Scope) -> Report:
    """All figures of the scope, place by place. Seven queries, and at most two more to find what stays hidden."""
    parts: dict[str, Figures] = defaultdict(Figures)
    opened = {"requests": Count("pk"), "seats": Sum("seats"), "filled": Sum("seats_filled")}
    _add(parts, scope.requests, scope.place_of(REQUEST), **opened)
    _add(parts, scope.applications, scope.place_of(APPLICATION), **COUNTED)
    for part, waits in read_waits(scope).items():
        parts[part].waits = waits
    _add_service(parts, scope)
    _add(parts, find_idle(scope), scope.place_of(PLACEMENT), idle=Count("pk"))
    total = _sum(parts.values())
    total.is_hidden = is_total_hidden(scope, total.people)
    for code in find_hidden_places(scope, {code: each.people for code, each in parts.items()}):
        parts[code].is_hidden = True
    return Report(scope, total, dict(sorted(parts.items())))


COUNTED: Mapping[str, Any] = {
    "people": Count("applicant", distinct=True),
    **{name: STAGES[name] for name in (APPLIED, OFFERED, ACCEPTED)},
    "answered": Count("pk", filter=WAS_OFFERED & ~Q(status=A.OFFERED)),
}


def find_idle(scope: Scope) -> Any:
    """Placements under way for more than `IDLE_DAYS`, in which nothing was worked or is planned."""
    today = timezone.localdate()
    since = today - timedelta(days=IDLE_DAYS)
    worked = HoursEntry.objects.filter(placement=OuterRef("pk"), day_date__gte=since)
    came = (SignupStatus.SIGNED_UP, SignupStatus.CALLED, SignupStatus.ATTENDED)
    signed = ShiftSignup.objects.filter(placement=OuterRef("pk"), status__in=came, starts_at__date__gte=since)
    rows = scope.without_quarter.placements.filter(status=PlacementStatus.ACTIVE)
    begun = rows.filter(Q(start_date__lt=since) | Q(start_date=None, agreed_at__date__lt=since))
    return begun.filter(~Exists(worked), ~Exists(signed))


def _add(parts: dict[str, Figures], rows: Any, part: Any, **numbers: Any) -> None:
    for row in rows.order_by().values(_part=part).annotate(**numbers):
        for name in numbers:
            setattr(parts[row["_part"]], name, row[name] or 0)


def _add_service(parts: dict[str, Figures], scope: Scope) -> None:
    """By the definition of `services.serving.served`; where nothing was agreed there is nothing to count."""
    over = scope.placements.filter(status__in=(PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY))
    for part, served in measure_ended(over, part=scope.place_of(PLACEMENT)):
        if served.is_enough is not None:
            parts[part].ended += 1
            parts[part].served += served.is_enough


SUMMED = (
    "requests", "seats", "filled", "people", "applied", "offered", "accepted", "answered", "ended", "served", "idle",
)  # fmt: skip


def _sum(each: Any) -> Figures:
    total = Figures()
    for figures in each:
        for name in SUMMED:
            setattr(total, name, getattr(total, name) + getattr(figures, name))
        total.waits += figures.waits
    return total


def name_parts(scope: Scope) -> dict[str, str]:
    """The names of all parts that the scope can have."""
    if scope.province:
        return {each.code: each.name for each in Commune.objects.filter(code__startswith=scope.province.code)}
    return {each.code: each.name for each in Province.objects.all()}
