"""What a round is given: people with flags, ranked choices and bands; requests with seats, some kept for a flag.

Rows come in (`Person`, `Request`), columns are kept (`Instance`): sorted by id, so that the order in which the rows
were read changes nothing. A band is a whole number from 1, the best, to 99; `NOT_SCORED` and `INELIGIBLE` stand where
there is none, and such a choice is never placed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MOST_CHOICES = 10
LAST_BAND = 99
MOST_FLAGS = 62
MOST_RESERVES = 6
NOT_SCORED, INELIGIBLE = 0, -1
NOTHING = -1


class InstanceError(ValueError):
    """The inputs contradict themselves; the message names the row."""


class Person(NamedTuple):
    """`choices` are (request, band), the dearest first; `flags` say which kept seats the person may claim."""

    id: str
    choices: Sequence[tuple[str, int]]
    flags: frozenset[str] = frozenset()


class Request(NamedTuple):
    """`reserves` are (flag, seats) in the published order, each flag once; all other seats are open."""

    id: str
    seats: int
    reserves: Sequence[tuple[str, int]] = ()


Row = TypeVar("Row", Person, Request)


@dataclass(frozen=True, eq=False)
class Instance:
    """The columns. `choices` and `bands` have a row for each person; a choice is a request's index or `NOTHING`."""

    people: tuple[str, ...]
    requests: tuple[str, ...]
    flags: tuple[str, ...]
    choices: Ints
    bands: Ints
    holds: Ints
    seats: Ints
    reserves: tuple[tuple[tuple[int, int], ...], ...]

    @classmethod
    def build(cls, people: Iterable[Person], requests: Iterable[Request]) -> "Instance":
        """Sort, check and turn rows into columns."""
        offers = _sort(requests, "request")
        names = {offer.id: index for index, offer in enumerate(offers)}
        persons = _sort(people, "person")
        flags = sorted(
            {flag for offer in offers for flag, _ in offer.reserves}.union(*(person.flags for person in persons))
        )
        if len(flags) > MOST_FLAGS:
            raise InstanceError(f"{len(flags)} flags; at most {MOST_FLAGS}")
        bits = {flag: index for index, flag in enumerate(flags)}
        choices, bands = _read_choices(persons, names)
        return cls(
            people=tuple(person.id for person in persons),
            requests=tuple(names),
            flags=tuple(flags),
            choices=choices,
            bands=bands,
            holds=np.array([sum(1 << bits[flag] for flag in person.flags) for person in persons], dtype=np.int64),
            seats=np.array([offer.seats for offer in offers], dtype=np.int64),
            reserves=tuple(_read_reserves(offer, bits) for offer in offers),
        )

    def with_requests(self, requests: Iterable[Request]) -> "Instance":
        """The same people before changed seats and reserves, for a dry run. The requests and flags stay the same."""
        offers = _sort(requests, "request")
        bits = {flag: index for index, flag in enumerate(self.flags)}
        if tuple(offer.id for offer in offers) != self.requests:
            raise InstanceError("other requests than before")
        return replace(
            self,
            seats=np.array([offer.seats for offer in offers], dtype=np.int64),
            reserves=tuple(_read_reserves(offer, bits) for offer in offers),
        )

    def list_requests(self) -> list[Request]:
        """The rows of the requests again."""
        return [
            Request(name, int(seats), tuple((self.flags[flag], kept) for flag, kept in reserves))
            for name, seats, reserves in zip(self.requests, self.seats, self.reserves, strict=True)
        ]

    def name_flags(self, held: int) -> frozenset[str]:
        """The flags that these bits stand for."""
        return frozenset(flag for index, flag in enumerate(self.flags) if held >> index & 1)


def _sort(rows: Iterable[Row], what: str) -> list[Row]:
    ordered = sorted(rows, key=lambda row: row.id)
    for row in ordered:
        if not row.id or "\n" in row.id:
            raise InstanceError(f"{what} {row.id!r}: an id is one line and not empty")
    for one, two in pairwise(ordered):
        if one.id == two.id:
            raise InstanceError(f"{what} {one.id!r} stands twice")
    return ordered


def _read_choices(persons: list[Person], names: dict[str, int]) -> tuple[Ints, Ints]:
    width = max((len(person.choices) for person in persons), default=0) or 1
    if width > MOST_CHOICES:
        longest = max(persons, key=lambda person: len(person.choices))
        raise InstanceError(f"person {longest.id!r} has {width} choices; at most {MOST_CHOICES}")
    choices = np.full((len(persons), width), NOTHING, dtype=np.int64)
    bands = np.full((len(persons), width), NOT_SCORED, dtype=np.int64)
    for row, person in enumerate(persons):
        chosen = [names.get(request, NOTHING) for request, _ in person.choices]
        if NOTHING in chosen:
            raise InstanceError(f"person {person.id!r} chose a request that is not there")
        if len(set(chosen)) < len(chosen):
            raise InstanceError(f"person {person.id!r} chose a request twice")
        choices[row, : len(chosen)] = chosen
        bands[row, : len(chosen)] = [band for _, band in person.choices]
    if persons and not (bands.min() >= INELIGIBLE and bands.max() <= LAST_BAND):
        raise InstanceError(f"a band is a number from 1 to {LAST_BAND}")
    return choices, bands


def _read_reserves(offer: Request, bits: dict[str, int]) -> tuple[tuple[int, int], ...]:
    if offer.seats < 0 or any(kept < 0 for _, kept in offer.reserves):
        raise InstanceError(f"request {offer.id!r} has fewer seats than none")
    if sum(kept for _, kept in offer.reserves) > offer.seats:
        raise InstanceError(f"request {offer.id!r} keeps more seats than it has")
    if len(offer.reserves) > MOST_RESERVES:
        raise InstanceError(f"request {offer.id!r} has {len(offer.reserves)} reserves; at most {MOST_RESERVES}")
    if len({flag for flag, _ in offer.reserves}) < len(offer.reserves):
        raise InstanceError(f"request {offer.id!r} names a flag twice")
    unknown = [flag for flag, _ in offer.reserves if flag not in bits]
    if unknown:
        raise InstanceError(f"request {offer.id!r} keeps seats for {unknown[0]!r}, which is no flag here")
    return tuple((bits[flag], kept) for flag, kept in offer.reserves)
