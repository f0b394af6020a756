"""A round as an office sees it: whom to score, without knowing who it is, and how its seats went."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import pgettext

from accounts.models import User
from volunteers.models import Application, Criterion, RequestOutcome, RoundRequest, Score
from volunteers.querysets import ON_THE_DESK
from volunteers.services.rounds.tuning import Tuning
from volunteers.services.rounds.wording import keeps_seats, say_line, say_seat
from volunteers.services.scoring import Total, add_up, is_settled, list_own, save_scores
from volunteers.services.shortlist import Applicant, list_applicants


@dataclass(frozen=True)
class SheetLine:
    """One criterion with the points that the reader gave, 0 before."""

    criterion: Criterion
    points: int


@dataclass(frozen=True)
class Sheet:
    """One applicant and the reader's own points. `total` is shown once the reader has scored."""

    applicant: Applicant
    lines: list[SheetLine]
    total: Total | None
    band: int  # of the average; 0 below the last, and before it is shown

    @property
    def is_done(self) -> bool:
        return self.total is not None

    @property
    def average(self) -> float:
        return self.total.hundredths / 100 if self.total else 0


@dataclass(frozen=True)
class Sheets:
    """A page of them; `after` and `before` are where the next and the last one begin.

    `is_settled`: somebody was scored, so what is looked at stays.
    """

    items: list[Sheet]
    count: int
    done: int
    is_settled: bool
    before: int | None
    after: int | None


def list_sheets(place: RoundRequest, criteria: list[Criterion], *, by: User, start: int, size: int) -> Sheets:
    """Applicants who stand, those without the reader's points first. Whatever their number, the same queries."""
    rows = list(Application.objects.filter(round_choice__round_request=place, status__in=ON_THE_DESK))
    keys = {row.public_id: row.pk for row in rows}
    own = list_own(rows, by=by)
    applicants = [row for row in list_applicants(place.request, by=by) if row.application_id in keys]
    applicants.sort(key=lambda row: (keys[row.application_id] in own, row.code_name))
    shown = applicants[start : start + size]
    totals = add_up(Score.objects.filter(application__in=[keys[row.application_id] for row in shown]))
    items, tuning = [], Tuning.of(place.round)
    for row in shown:
        points = own.get(keys[row.application_id], {})
        lines = [SheetLine(each, points.get(each.pk, 0)) for each in criteria]
        total = totals.get(keys[row.application_id]) if points else None
        items.append(Sheet(row, lines, total, max(0, tuning.band(total.hundredths)) if total else 0))
    return Sheets(
        items,
        len(applicants),
        sum(keys[row.application_id] in own for row in applicants),
        bool(own) or is_settled(place.request),
        max(0, start - size) if start else None,
        start + size if start + size < len(applicants) else None,
    )


def save_sheet(application: Application, typed: Mapping[str, Any], *, by: User) -> None:
    """Points as typed: `points-<criterion>`. Raises `NotReadyError` once scoring is over."""
    points = {}
    for name, value in typed.items():
        key = name.removeprefix("points-")
        if key != name and key.isdigit() and str(value).isdigit():
            points[int(key)] = int(value)
    save_scores(application, points, by=by)


@dataclass(frozen=True)
class SeatLine:
    number: int
    code: str
    text: str


@dataclass(frozen=True)
class PlaceOutcome:
    """How the seats of one request went in one confirmed run; `line` is "" while seats are kept."""

    stage: str
    seats: list[SeatLine]
    line: str
    chosen_by: int
    scored: int
    turned_away: int


def describe_outcome(rows: QuerySet[RequestOutcome]) -> list[PlaceOutcome]:
    """In words, the first round first. One query."""
    return [describe_seats(row) for row in rows.select_related("run", "round_request").order_by("run__number")]


def describe_seats(row: RequestOutcome) -> PlaceOutcome:
    """While seats are kept, in the order of code names and without bands: the office knows the points it gave, so that
    somebody of a later band seated before another would be known to hold the flag.
    """
    why, kept = row.reasons, keeps_seats(row.run, row.round_request)
    order = sorted(why["seats"], key=_by_code) if kept else why["seats"]
    return PlaceOutcome(
        stage=row.run.get_stage_display(),
        seats=[
            SeatLine(number, _name(seat["code"]), say_seat(seat, with_band=not kept))
            for number, seat in enumerate(order, 1)
        ],
        line="" if kept else say_line(why["line"]),
        chosen_by=why["chosen_by"],
        scored=why["scored"],
        turned_away=why["turned_away"],
    )


def _by_code(seat: Mapping[str, Any]) -> tuple[bool, int]:
    """Free seats last."""
    return seat["code"] is None, seat["code"] or 0


def _name(code: int | None) -> str:
    return "" if code is None else pgettext("code name", "A-%(number)s") % {"number": f"{code:02d}"}
