"""Reasons of a confirmed run, kept as data once and for all, so that a page reads one row and never runs anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from volunteers.enums import OverrideKind
from volunteers.matching.cutoffs import Line
from volunteers.matching.explanations import ChoiceReason, Seat, explain_person, explain_request, hide_flags
from volunteers.matching.lottery import draw_number
from volunteers.matching.runs import Run
from volunteers.models import RequestOutcome, RoundChoice, RoundEntry, RoundOutcome, RoundOverride, RoundRun

NUMBERS = 10_000  # a number of the draw is shown as a fraction of one with four digits


@dataclass(frozen=True)
class Draw:
    """Everybody's number of the draw, from 0 to 1, by id and by turn."""

    seed: str
    by_turn: dict[int, str]

    @classmethod
    def of(cls, done: Run) -> "Draw":
        return cls(done.seed, dict(zip(done.places.tolist(), done.instance.people, strict=True)))

    def number(self, person: str) -> int:
        return read_number(self.seed, person)

    def number_at(self, turn: int) -> int | None:
        person = self.by_turn.get(turn)
        return None if person is None else self.number(person)


def read_number(seed: str, person: str) -> int:
    """The first digits of the person's number, as ten-thousandths."""
    return (int(draw_number(seed, person)[:16], 16) * NUMBERS) >> 64


def write_outcomes(kept: RoundRun, done: Run, overrides: list[RoundOverride]) -> tuple[int, int]:
    """Rows for every person and every request of the run; how many of each."""
    people = list(_list_people(kept, done, {row.entry_id: row for row in overrides}))
    RoundOutcome.objects.bulk_create(people, batch_size=500)
    requests = list(_list_requests(kept, done))
    RequestOutcome.objects.bulk_create(requests, batch_size=500)
    return len(people), len(requests)


def _list_people(kept: RoundRun, done: Run, overrides: dict[int, RoundOverride]) -> Iterator[RoundOutcome]:
    draw = Draw.of(done)
    rows = RoundChoice.objects.filter(entry__round=kept.round).select_related("entry", "round_request__request")
    choices: dict[str, dict[str, RoundChoice]] = {}
    for row in rows:
        choices.setdefault(str(row.entry.public_id), {})[str(row.round_request.request.public_id)] = row
    entries = {str(row.public_id): row for row in RoundEntry.objects.filter(round=kept.round)}
    for person in done.instance.people:
        entry, own = entries[person], choices.get(person, {})
        reasons = explain_person(done, person)
        got = next((own[row.request] for row in reasons if row.answer == "placed"), None)
        override = overrides.get(entry.pk)
        if override is not None:
            got = _override(override, own)
        yield RoundOutcome(
            run=kept,
            entry=entry,
            choice=got,
            is_override=override is not None,
            reasons=[_write_choice(row, own[row.request], draw, person) for row in reasons],
        )


def _override(override: RoundOverride, own: dict[str, RoundChoice]) -> RoundChoice | None:
    if override.kind == OverrideKind.WITHHOLD:
        return None
    return next(row for row in own.values() if row.round_request_id == override.round_request_id)


def _write_choice(row: ChoiceReason, choice: RoundChoice, draw: Draw, person: str) -> dict[str, Any]:
    """Without the flag: whether a seat was kept for somebody is nobody's to read, not even over their shoulder."""
    return {
        "rank": choice.rank,
        "choice": choice.pk,
        "answer": str(row.answer),
        "band": row.band,
        "number": draw.number(person),
        "line": _write_line(row.line, draw),
    }


def _write_line(line: Line, draw: Draw) -> dict[str, Any]:
    kind = "everyone" if line.everyone else "nobody" if line.nobody else "last"
    if kind != "last":
        return {"kind": kind}
    return {"kind": kind, "band": line.band, "promoted": not line.unpromoted, "number": draw.number_at(line.turn)}


def _list_requests(kept: RoundRun, done: Run) -> Iterator[RequestOutcome]:
    draw = Draw.of(done)
    codes = {
        (str(entry), str(request)): code
        for entry, request, code in RoundChoice.objects.filter(entry__round=kept.round).values_list(
            "entry__public_id", "round_request__request__public_id", "application__code_number"
        )
    }
    for place in kept.round.requests.select_related("request"):
        name = str(place.request.public_id)
        if name not in done.instance.requests:
            continue
        found = explain_request(done, name)
        line = done.cutoffs.line(done.instance.requests.index(name), 0)
        yield RequestOutcome(
            run=kept,
            round_request=place,
            reasons={
                "seats": [_write_seat(seat, codes, name) for seat in hide_flags(found.seats)],
                "chosen_by": found.chosen_by,
                "scored": found.scored,
                "turned_away": found.turned_away,
                "line": _write_line(line, draw),
            },
        )


def _write_seat(seat: Seat, codes: dict[tuple[str, str], int], request: str) -> dict[str, Any]:
    code = codes[seat.person, request] if seat.person else None
    return {"code": code, "band": seat.band, "went": str(seat.went)}
