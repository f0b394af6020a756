"""Why: for each choice of a person and each seat of a request, as data that a page words.

Everything follows from the lines of `cutoffs`, so two people who compare their answers find no contradiction.
Whether a seat was kept for a flag tells something sealed about who sits there: only the record and the person may
see it. What goes to an office is `hide_flags`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from volunteers.matching.cutoffs import NOBODY, Line
from volunteers.matching.instance import INELIGIBLE, NOT_SCORED, NOTHING
from volunteers.matching.runs import Run


class Answer(StrEnum):
    """What became of one choice.

    `HIGHER`: not needed, a dearer choice came true. `BAND`: the last who got in had a better band. `LOTTERY`: the
    same band, an earlier turn. `PROMOTED`: the same band, but they had got nothing and went first (the larger rule).
    `NO_SEAT`: no seat at all, or all were kept for flags that others hold.
    """

    PLACED = "placed"
    HIGHER = "higher"
    BAND = "band"
    LOTTERY = "lottery"
    PROMOTED = "promoted"
    NO_SEAT = "no seat"
    NOT_SCORED = "not scored"
    INELIGIBLE = "ineligible"


@dataclass(frozen=True)
class ChoiceReason:
    """One choice. `above`: stood within the line. `turn` counts from 0, as in `line`: the last who got in.

    `flag` names the reserve of the seat where the person was placed in one that was kept for it, and claimed it.
    """

    number: int
    request: str
    answer: Answer
    above: bool
    band: int | None
    turn: int
    line: Line
    flag: str = ""


def explain_person(run: Run, person: str) -> list[ChoiceReason]:
    """Every choice of one person, the dearest first. Raises `KeyError` for somebody who is not in the round."""
    index = _find(run.instance.people, person)
    instance, placed = run.instance, int(run.placed[index])
    reasons: list[ChoiceReason] = []
    higher = False
    for number, (request, band) in enumerate(
        zip(instance.choices[index].tolist(), instance.bands[index].tolist(), strict=True), 1
    ):
        if request == NOTHING:
            break
        line = run.cutoffs.line(request, int(instance.holds[index]))
        above = line.takes(run.rank(index, band))
        answer = Answer.PLACED if request == placed else _answer(run, index, band, line, above and higher)
        flag = _claimed_flag(run, index) if answer is Answer.PLACED else ""
        scored = band if band > 0 else None
        turn = int(run.places[index])
        reasons.append(ChoiceReason(number, instance.requests[request], answer, above, scored, turn, line, flag))
        higher = higher or request == placed
    return reasons


def _answer(run: Run, person: int, band: int, line: Line, higher: bool) -> Answer:
    if band in {NOT_SCORED, INELIGIBLE}:
        return Answer.NOT_SCORED if band == NOT_SCORED else Answer.INELIGIBLE
    if higher:
        return Answer.HIGHER
    if line == NOBODY:
        return Answer.NO_SEAT
    if band > line.band:
        return Answer.BAND
    unpromoted = not run.outcome.promoted[person]
    return Answer.PROMOTED if unpromoted and not line.unpromoted else Answer.LOTTERY


def _claimed_flag(run: Run, person: int) -> str:
    flag = int(run.sections.flag[run.outcome.section[person]])
    claimed = flag != NOTHING and int(run.instance.holds[person]) >> flag & 1
    return run.instance.flags[flag] if claimed else ""


class Went(StrEnum):
    """How one seat went. `UNCLAIMED`: kept for a flag, but nobody else who holds it asked, so the next in turn sits.

    `SHARED` is what an office reads of a band where some were turned away and seats were kept: by draw or by flag.
    """

    BAND = "band"
    LOTTERY = "lottery"
    SHARED = "shared"
    UNCLAIMED = "unclaimed"
    EMPTY = "empty"


@dataclass(frozen=True)
class Seat:
    """One seat, numbered in the order in which seats are given. `flag` is what it was kept for, if anything.

    `LOTTERY` where somebody of the same band and claim was turned away from this seat, otherwise `BAND`.
    """

    number: int
    went: Went
    person: str | None
    band: int | None
    flag: str = ""


@dataclass(frozen=True)
class RequestReason:
    """All seats, how many people chose the request, with a band, and how many were turned away to a lesser choice.

    `turned_bands` are the bands of those turned away.
    """

    request: str
    seats: tuple[Seat, ...]
    chosen_by: int
    scored: int
    turned_away: int
    turned_bands: frozenset[int]


def explain_request(run: Run, request: str) -> RequestReason:
    """Every seat of one request. Raises `KeyError` for one that is not in the round."""
    index = _find(run.instance.requests, request)
    people, columns = np.nonzero(run.instance.choices == index)
    bands = run.instance.bands[people, columns]
    turned_away = [
        (person, band)
        for person, column, band in zip(people.tolist(), columns.tolist(), bands.tolist(), strict=True)
        if band > 0 and run.placed[person] != index and _got_less(run, person, column)
    ]
    seats = tuple(_seats(run, index, dict(zip(people.tolist(), bands.tolist(), strict=True)), turned_away))
    turned_bands = frozenset(band for _, band in turned_away)
    return RequestReason(request, seats, len(people), int((bands > 0).sum()), len(turned_away), turned_bands)


def _got_less(run: Run, person: int, column: int) -> bool:
    return int(run.placed[person]) not in run.instance.choices[person, :column].tolist() or run.placed[person] < 0


def _seats(run: Run, request: int, bands: dict[int, int], turned_away: list[tuple[int, int]]) -> Iterator[Seat]:
    number = 0
    holds, sections = run.instance.holds, run.sections
    for section in range(int(sections.first[request]), int(sections.first[request + 1])):
        flag = int(sections.flag[section])
        name = run.instance.flags[flag] if flag != NOTHING else ""

        def claims(person: int, flag: int = flag) -> bool:
            return flag == NOTHING or bool(int(holds[person]) >> flag & 1)

        rivals = {(claims(person), band) for person, band in turned_away}
        inside = np.flatnonzero(run.outcome.section == section).tolist()
        inside.sort(key=lambda person: (not claims(person), run.rank(person, bands[person])))
        for place in range(int(sections.seats[section])):
            number += 1
            if place >= len(inside):
                yield Seat(number, Went.EMPTY, None, None, name)
                continue
            person = inside[place]
            went = Went.LOTTERY if (claims(person), bands[person]) in rivals else Went.BAND
            went = went if claims(person) else Went.UNCLAIMED
            yield Seat(number, went, run.instance.people[person], bands[person], name)


def hide_flags(reason: RequestReason) -> tuple[Seat, ...]:
    """For offices: who sits, in the order of bands, and whether somebody of the band was turned away.

    All seats of a band say the same, so that nobody reads from one who holds a flag.
    """
    seats = reason.seats
    turned = Went.SHARED if any(seat.flag for seat in seats) else Went.LOTTERY
    taken = sorted((seat for seat in seats if seat.person), key=lambda seat: (seat.band or 0, seat.person or ""))
    empty = [seat for seat in seats if not seat.person]
    taken = [replace(seat, went=turned if seat.band in reason.turned_bands else Went.BAND) for seat in taken]
    return tuple(replace(seat, number=number, flag="") for number, seat in enumerate([*taken, *empty], 1))


def _find(names: tuple[str, ...], name: str) -> int:
    low, high = 0, len(names)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if names[middle] < name else (low, middle)
    if low == len(names) or names[low] != name:
        raise KeyError(name)
    return low
