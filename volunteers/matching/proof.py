"""Checks an outcome from the inputs alone: own draw, own ranking, own giving of seats. It imports no code of the rule,
only the columns of the inputs, and a test holds it to that.

It asks the question of fairness as it is meant: is there a person who would rather have another request, and would
that request, choosing again from the people it has and this one by the published order of its seats, take them?
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np

from volunteers.matching.instance import Instance, Ints

FREE = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Proof:
    """What would be wrong; an outcome holds when every number is nought.

    `blocking_pairs`: (person, request) who would both rather have each other. `wasted_seats`: empty, though somebody
    with a band would rather sit there. `over_capacity`: people above the seats. `misplaced`: people at a request that
    they did not choose or have no band at, or promoted although nobody had to be. `broken_reserves`: kept seats that
    are empty or with somebody without the flag, though somebody who holds it would rather sit there.
    """

    blocking_pairs: int
    wasted_seats: int
    over_capacity: int
    misplaced: int
    broken_reserves: int

    @property
    def holds(self) -> bool:
        return self == Proof(0, 0, 0, 0, 0)


def prove(instance: Instance, *, seed: str, placed: Ints, promoted: Sequence[int] = ()) -> Proof:
    """Count what is wrong with an outcome: `placed[p]` is the request of person `p`, or -1; `promoted` are people."""
    court = _Court(instance, seed, placed, promoted)
    rosters = _Rosters(court)
    return Proof(
        blocking_pairs=int(np.count_nonzero(rosters.taken)),
        wasted_seats=rosters.count_wasted(),
        over_capacity=int(np.maximum(rosters.size - instance.seats, 0).sum()),
        misplaced=court.misplaced,
        broken_reserves=rosters.broken,
    )


class _Court:
    """Everybody's rank at their choices, who wants what, and who is where they may not be."""

    def __init__(self, instance: Instance, seed: str, placed: Ints, promoted: Sequence[int]) -> None:
        self.instance, self.placed = instance, placed
        people = len(instance.people)
        order = sorted(range(people), key=lambda p: sha256(f"{seed}\n{instance.people[p]}".encode()).digest())
        self.after = np.empty(people, dtype=np.int64)  # the lottery, those promoted before all others
        self.after[order] = np.arange(people)
        self.after += people
        lifted = np.array(sorted(promoted), dtype=np.int64)
        self.after[lifted] -= people
        here = (instance.choices == placed[:, None]) & (instance.choices >= 0)
        seated = placed >= 0
        at = np.where(here.any(axis=1), here.argmax(axis=1), instance.choices.shape[1])
        band = np.where(here, instance.bands, 0).max(axis=1)
        self.band = band
        self.misplaced = int(np.count_nonzero(seated & (band < 1)))
        chose = ((instance.choices >= 0) & (instance.bands > 0)).any(axis=1)
        if lifted.size:
            unlifted = np.ones(people, dtype=bool)
            unlifted[lifted] = False
            self.misplaced += int(np.count_nonzero(unlifted & chose & ~seated))
        wants = (np.arange(instance.choices.shape[1]) < at[:, None]) & (instance.choices >= 0) & (instance.bands > 0)
        self.who, column = np.nonzero(wants)
        self.what = instance.choices[self.who, column]
        self.rank = instance.bands[self.who, column] * (2 * people) + self.after[self.who]


class _Rosters:
    """The seats of every request given to the people it has, one reserve of all requests at a time.

    `taken` marks the wishes that the request would grant, `broken` counts kept seats withheld from who may claim them.
    """

    def __init__(self, court: _Court) -> None:
        self.court, instance = court, court.instance
        people, requests = len(instance.people), len(instance.requests)
        seated = np.flatnonzero(court.placed >= 0)
        self.size = np.bincount(court.placed[seated], minlength=requests)
        self.rest = seated
        self.rest_rank = court.band[seated] * (2 * people) + court.after[seated]
        self.taken = np.zeros(court.who.size, dtype=bool)
        self.broken = 0
        deepest = max((len(kept) for kept in instance.reserves), default=0)
        table = np.zeros((2, deepest + 1, requests), dtype=np.int64)
        table[0, 0] = instance.seats
        for request, reserves in enumerate(instance.reserves):
            for step, (flag, seats) in enumerate(reserves, 1):
                table[0, step, request], table[1, step, request] = seats, flag
                table[0, 0, request] -= seats
        for step in range(deepest + 1):
            self._give(table[0, step], table[1, step], kept=step > 0)

    def _rank(self, people: Ints, requests: Ints, ranks: Ints, flags: Ints, kept: bool) -> Ints:
        """The rank inside one reserve: who holds its flag before everybody else."""
        if not kept:
            return ranks
        return ranks + (1 - (self.court.instance.holds[people] >> flags[requests] & 1) << 40)

    def _give(self, seats: Ints, flags: Ints, *, kept: bool) -> None:
        """Seat the best of the rest, and note who outside would have had one of these seats instead."""
        court = self.court
        requests = court.placed[self.rest]
        ranks = self._rank(self.rest, requests, self.rest_rank, flags, kept)
        order = np.lexsort((ranks, requests))
        sorted_requests = requests[order]
        opens = np.searchsorted(sorted_requests, np.arange(seats.size))
        inside = np.arange(order.size) - opens[sorted_requests] < seats[sorted_requests]
        given = np.bincount(sorted_requests[inside], minlength=seats.size)
        worst = np.full(seats.size, -1, dtype=np.int64)
        np.maximum.at(worst, sorted_requests[inside], ranks[order][inside])
        worst[given < seats] = FREE
        outside = self._rank(court.who, court.what, court.rank, flags, kept)
        self.taken |= outside < worst[court.what]
        if kept:
            self._count_broken(seats, flags, sorted_requests[inside], self.rest[order][inside])
        self.rest, self.rest_rank = self.rest[order][~inside], self.rest_rank[order][~inside]

    def _count_broken(self, seats: Ints, flags: Ints, requests: Ints, people: Ints) -> None:
        holds = self.court.instance.holds
        good = np.bincount(requests[holds[people] >> flags[requests] & 1 == 1], minlength=seats.size)
        claims = self.court.what[holds[self.court.who] >> flags[self.court.what] & 1 == 1]
        claimed = np.bincount(claims, minlength=seats.size)
        self.broken += int(np.minimum(seats - good, claimed).sum())

    def count_wasted(self) -> int:
        """Empty seats that somebody with a band wishes for."""
        instance = self.court.instance
        wished = np.bincount(self.court.what, minlength=len(instance.requests))
        return int(np.minimum(np.maximum(instance.seats - self.size, 0), wished).sum())
