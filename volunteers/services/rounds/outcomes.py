"""Reasons of a confirmed run, kept as data once and for all, so that a page reads one row and never runs anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from volunteers.enums import OverrideKind
from volunteers.matching.acceptance import Option
from volunteers.matching.cutoffs import Line
from volunteers.matching.explanations import ChoiceReason, Seat, Went, explain_person, explain_request, hide_flags
from volunteers.matching.lottery import draw_number
from volunteers.matching.runs import Run
from volunteers.models import (
    RequestOutcome,
    RoundChoice,
    RoundEntry,
    RoundOutcome,
    RoundOverride,
    RoundRequest,
    RoundRun,
)

NUMBERS = 10_000  # a number of the draw is shown as a fraction of one with four digits
FINE_NUMBERS = 10**9  # with nine, where two that are compared have the same four


@dataclass(frozen=True)
class Draw:
    """Everybody's number of the draw, from 0 to 1, by id and by turn."""

    seed: str
    by_turn: dict[int, str]

    @classmethod
    def of(cls, done: Run) -> "Draw":
        return cls(done.seed, dict(zip(done.places.tolist(), done.instance.people, strict=True)))

    def write(self, person: str | None) -> dict[str, int | None]:
        """A person's number, short and with all the digits that could be needed to tell it from another."""
        if person is None:
            return {"number": None}
        return {"number": read_number(self.seed, person), "fine": read_number(self.seed, person, FINE_NUMBERS)}

    def write_at(self, turn: int) -> dict[str, int | None]:
        return self.write(self.by_turn.get(turn))


def read_number(seed: str, person: str, parts: int = NUMBERS) -> int:
    """The first digits of the person's number, as ten-thousandths or finer."""
    return (int(draw_number(seed, person)[:16], 16) * parts) >> 64


def write_outcomes(kept: RoundRun, done: Run, overrides: list[RoundOverride]) -> tuple[int, int]:
    """Rows for every person and every request of the run; how many of each."""
    people = list(_list_people(kept, done, {row.entry_id: row for row in overrides}))
    RoundOutcome.objects.bulk_create(people, batch_size=500)
    requests = list(_list_requests(kept, done, overrides))
    RequestOutcome.objects.bulk_create(requests, batch_size=500)
    return len(people), len(requests)


def _list_people(kept: RoundRun, done: Run, overrides: dict[int, RoundOverride]) -> Iterator[RoundOutcome]:
    draw = Draw.of(done)
    rows = (
        RoundChoice.objects.listed().filter(entry__round=kept.round).select_related("entry", "round_request__request")
    )
    choices: dict[str, dict[str, RoundChoice]] = {}
    for row in rows:
        choices.setdefault(str(row.entry.public_id), {})[str(row.round_request.request.public_id)] = row
    by_hand = {row.round_request_id for row in overrides.values()}
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
            reasons=[_write_choice(row, own[row.request], draw, person, by_hand) for row in reasons],
        )


def _override(override: RoundOverride, own: dict[str, RoundChoice]) -> RoundChoice | None:
    if override.kind == OverrideKind.WITHHOLD:
        return None
    return next(row for row in own.values() if row.round_request_id == override.round_request_id)


def _write_choice(row: ChoiceReason, choice: RoundChoice, draw: Draw, person: str, by_hand: set[int]) -> dict[str, Any]:
    """Without the flag: whether a seat was kept for somebody is nobody's to read, not even over their shoulder."""
    return {
        "rank": choice.rank,
        "choice": choice.pk,
        "answer": str(row.answer),
        "band": row.band,
        **draw.write(person),
        "line": _write_line(row.line, draw),
        "by_hand": choice.round_request_id in by_hand,
    }


def _write_line(line: Line, draw: Draw) -> dict[str, Any]:
    kind = "everyone" if line.everyone else "nobody" if line.nobody else "last"
    if kind != "last":
        return {"kind": kind}
    return {"kind": kind, "band": line.band, "promoted": not line.unpromoted, **draw.write_at(line.turn)}


def _list_requests(kept: RoundRun, done: Run, overrides: list[RoundOverride]) -> Iterator[RequestOutcome]:
    draw = Draw.of(done)
    codes = {
        (str(entry), str(request)): code
        for entry, request, code in RoundChoice.objects.listed()
        .filter(entry__round=kept.round)
        .values_list("entry__public_id", "round_request__request__public_id", "application__code_number")
    }
    by_hand = [(row, codes.get((str(row.entry.public_id), _name(row.round_request)))) for row in overrides]
    for place in kept.round.requests.select_related("request"):
        name = _name(place)
        if name not in done.instance.requests:
            continue
        found = explain_request(done, name)
        line = done.cutoffs.line(done.instance.requests.index(name), 0)
        yield RequestOutcome(
            run=kept,
            round_request=place,
            reasons={
                "seats": _note_by_hand(
                    [_write_seat(seat, done, codes, name) for seat in hide_flags(found)], place, by_hand
                ),
                "chosen_by": found.chosen_by,
                "scored": found.scored,
                "turned_away": found.turned_away,
                "line": _write_line(line, draw),
            },
        )


def _write_seat(seat: Seat, done: Run, codes: dict[tuple[str, str], int], request: str) -> dict[str, Any]:
    code = codes[seat.person, request] if seat.person else None
    is_second = done.option is Option.LARGER and seat.went in {Went.LOTTERY, Went.SHARED}
    return {"code": code, "band": seat.band, "went": "second" if is_second else str(seat.went)}


def _note_by_hand(
    seats: list[dict[str, Any]], place: RoundRequest, by_hand: list[tuple[RoundOverride, int | None]]
) -> list[dict[str, Any]]:
    """The seats as they are after the decisions by hand about this request."""
    here = [(row.kind, code) for row, code in by_hand if row.round_request_id == place.pk]
    for kind, code in here:
        if kind == OverrideKind.WITHHOLD:
            seat = next(seat for seat in seats if seat["code"] == code)
            seat |= {"code": None, "band": None, "went": "withheld"}
    for kind, code in here:
        if kind == OverrideKind.GIVE:
            seat = next(seat for seat in seats if seat["code"] is None)
            seat |= {"code": code, "band": None, "went": "by hand"}
    return seats


def _name(place: RoundRequest) -> str:
    return str(place.request.public_id)
