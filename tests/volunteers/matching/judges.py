"""Slow and plain judges of an outcome, written from the rule in words; and instances by chance to judge."""

import random
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from volunteers.matching.instance import Person, Request
from volunteers.matching.lottery import draw_number

Placements = Mapping[str, str | None]
Priority = Mapping[str, object]


def make_rows(
    chance: random.Random,
    *,
    people: int,
    requests: int,
    choices: int,
    seats: int,
    flags: str = "fm",
    bands: int = 3,
    full: bool = False,
) -> tuple[list[Person], list[Request]]:
    """Rows by chance: short and long lists, many ties, some without a band, reserves in both orders.

    `full` lists are as long as they may be, with a band everywhere: that makes rounds with several stable outcomes.
    """
    offers = []
    for number in range(requests):
        total = chance.randint(0, seats)
        kept, left = [], total
        for flag in chance.sample(flags, chance.randint(0, len(flags))):
            count = chance.randint(0, left)
            left -= count
            kept.append((flag, count))
        offers.append(Request(f"r{number}", total, tuple(kept)))
    persons = []
    for number in range(people):
        most = min(choices, requests)
        listed = chance.sample(range(requests), most if full else chance.randint(0, most))
        scores = [chance.choice([*([] if full else [-1, 0]), *range(1, bands + 1)]) for _ in listed]
        held = frozenset(flag for flag in flags if chance.random() < 0.4)
        persons.append(Person(f"p{number}", tuple((f"r{r}", s) for r, s in zip(listed, scores, strict=True)), held))
    return persons, offers


def order_by_lottery(seed: str, people: Sequence[Person], promoted: frozenset[str] = frozenset()) -> dict[str, object]:
    return {person.id: (person.id not in promoted, draw_number(seed, person.id)) for person in people}


def choose(offer: Request, asking: Sequence[Person], order: Priority) -> set[str]:
    """Whom a request takes of those who ask: open seats, then each reserve, one seat after the other."""
    rest = list(asking)
    taken: set[str] = set()

    def rank(person: Person) -> tuple[int, object]:
        return dict(person.choices)[offer.id], order[person.id]

    kept = [flag for flag, count in offer.reserves for _ in range(count)]
    for flag in [""] * (offer.seats - len(kept)) + kept:
        if rest:
            best = min(rest, key=lambda person: (bool(flag) and flag not in person.flags, rank(person)))
            rest.remove(best)
            taken.add(best.id)
    return taken


def find_blocking(
    people: Sequence[Person], offers: Sequence[Request], placed: Placements, order: Priority
) -> list[tuple[str, str]]:
    """(person, request) who would rather have each other."""
    named = {offer.id: offer for offer in offers}
    rosters = {offer.id: [person for person in people if placed[person.id] == offer.id] for offer in offers}
    blocking = []
    for person in people:
        for request, band in person.choices:
            if request == placed[person.id]:
                break
            if band > 0 and person.id in choose(named[request], [*rosters[request], person], order):
                blocking.append((person.id, request))
    return blocking


def list_assignments(people: Sequence[Person], offers: Sequence[Request]) -> Iterator[dict[str, str | None]]:
    """Every way to place everybody at a choice with a band, or nowhere, within the seats."""
    seats = {offer.id: offer.seats for offer in offers}
    options = [[None, *(request for request, band in person.choices if band > 0)] for person in people]
    for chosen in product(*options):
        if all(chosen.count(request) <= count for request, count in seats.items()):
            yield dict(zip((person.id for person in people), chosen, strict=True))


def list_stable(people: Sequence[Person], offers: Sequence[Request], order: Priority) -> list[dict[str, str | None]]:
    """All assignments in which nobody blocks: by brute force."""
    return [placed for placed in list_assignments(people, offers) if not find_blocking(people, offers, placed, order)]


def find_blocking_by_band(
    people: Sequence[Person], offers: Sequence[Request], placed: Placements
) -> list[tuple[str, str]]:
    """Blocking pairs when the seated win every tie inside a band. For requests without reserves only."""
    named = {offer.id: offer for offer in offers}
    blocking = []
    for person in people:
        for request, band in person.choices:
            if request == placed[person.id]:
                break
            roster = [other for other in people if placed[other.id] == request]
            order = {other.id: other.id == person.id for other in people}
            if band > 0 and person.id in choose(named[request], [*roster, person], order):
                blocking.append((person.id, request))
    return blocking


def solve_deeply(solve: Callable[[], dict[str, str]]) -> dict[str, str]:
    """Run what copies its players by recursion, as `matching` does, on a stack of its own that is deep enough."""
    solved: list[dict[str, str]] = []
    limit, size = sys.getrecursionlimit(), threading.stack_size(512 * 1024 * 1024)
    try:
        sys.setrecursionlimit(10**6)
        thread = threading.Thread(target=lambda: solved.append(solve()))
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    return solved[0]


def position(person: Person, request: str | None) -> int:
    """How far down the list; nothing comes last."""
    return [name for name, _ in person.choices].index(request) if request else len(person.choices)
