"""Deferred acceptance: everybody asks for their dearest choice; each section keeps the best it has seats for; whoever
is turned away asks for the next, until nobody is left who could.

A person walks through the sections of a request in their order before they go on to the next request, so seats go as
`sections` says. Whatever the order in which people ask, the outcome is the same.

For speed a priority is one whole number, smaller is better, from the left: section, without its flag (0 or 1), band,
not promoted (0 or 1), turn in the lottery. While many ask at once, numpy sorts all numbers together; the long tail of
single displacements runs in plain Python.
"""

from bisect import insort
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from volunteers.matching.instance import LAST_BAND, NOTHING, Bools, Instance, Ints
from volunteers.matching.sections import Sections

BAND_BITS = LAST_BAND.bit_length()
FEW = 100


class Option(StrEnum):
    """`STANDARD` gives each person the best that any fair outcome could.

    `LARGER` (Király's promotion, for a second round): who got nothing asks once more from the start, before everybody
    not promoted in the same band. Docs: decision 0028 says what it guarantees and what not.
    """

    STANDARD = "standard"
    LARGER = "larger"


@dataclass(frozen=True, eq=False)
class Outcome:
    """`section[p]` of each person or `NOTHING`; `promoted[p]`; `bound[s]`: who is under it gets into section `s`."""

    section: Ints
    promoted: Bools
    bound: Ints


@dataclass(frozen=True)
class Digits:
    """Where the parts of a priority stand."""

    turn: int

    @classmethod
    def of(cls, people: int) -> "Digits":
        return cls(turn=max(people, 1).bit_length())

    @property
    def level(self) -> int:
        return self.turn

    @property
    def band(self) -> int:
        return self.level + 1

    @property
    def without(self) -> int:
        return self.band + BAND_BITS

    @property
    def section(self) -> int:
        return self.without + 1


def accept(instance: Instance, sections: Sections, places: Ints, option: Option = Option.STANDARD) -> Outcome:
    """Place everybody; `places` are the turns of the lottery."""
    market = Market(instance, sections, places, option)
    asking = np.flatnonzero(market.length > 0)
    while asking.size > FEW:
        asking = market.ask_together(asking)
    market.ask_one_by_one(asking.tolist())
    return market.close()


class Market:
    """Who asks where, and who is kept so far. `held` are the priorities kept, sorted; `bound` as in `Outcome`."""

    def __init__(self, instance: Instance, sections: Sections, places: Ints, option: Option) -> None:
        self.instance, self.sections, self.larger = instance, sections, option is Option.LARGER
        people = len(instance.people)
        self.digits = Digits.of(people)
        self.length = (instance.choices != NOTHING).sum(axis=1)
        self.person = np.empty(people, dtype=np.int64)
        self.person[places] = np.arange(people)
        self.turn = places + (1 << self.digits.level)  # nobody is promoted yet
        self.choice = np.zeros(people, dtype=np.int64)
        self.section = np.zeros(people, dtype=np.int64)
        chosen = np.flatnonzero(self.length > 0)
        self.section[chosen] = sections.first[instance.choices[chosen, 0]]
        self.held = np.empty(0, dtype=np.int64)
        count = len(sections.seats)
        self.start = np.arange(count + 1, dtype=np.int64) << self.digits.section
        self.bound = np.where(sections.seats > 0, self.start[1:], self.start[:-1])

    def ask_together(self, asking: Ints) -> Ints:
        """One round: all who ask find the next section that could take them; who is displaced asks in the next."""
        found = []
        while asking.size:
            numbers, able = self._rank(asking)
            fits = able & (numbers < self.bound[self.section[asking]])
            found.append(numbers[fits])
            asking = self._move_on(asking[~fits])
        fresh = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
        return self._move_on(self._keep(fresh))

    def _rank(self, asking: Ints) -> tuple[Ints, Bools]:
        """Each one's priority where they ask now, and whether they have a band there."""
        section, digits = self.section[asking], self.digits
        bands = self.instance.bands[asking, self.choice[asking]]
        flag = self.sections.flag[section]
        kept = flag != NOTHING
        without = kept & ((self.instance.holds[asking] >> np.where(kept, flag, 0) & 1) == 0)
        front = (section << 1) + without << digits.without
        return front + (bands << digits.band) + self.turn[asking], bands > 0

    def _keep(self, fresh: Ints) -> Ints:
        """Take the fresh into the sections that they ask; the people who have no seat after that."""
        touched = np.zeros(len(self.bound), dtype=bool)
        touched[fresh >> self.digits.section] = True
        stays = ~touched[self.held >> self.digits.section]
        pool = np.concatenate([self.held[~stays], fresh])
        pool.sort()
        section = pool >> self.digits.section
        begin = np.searchsorted(pool, self.start[:-1])
        seats = self.sections.seats
        inside = np.arange(pool.size) - begin[section] < seats[section]
        full = np.flatnonzero(touched & (np.searchsorted(pool, self.start[1:]) - begin >= seats))
        self.bound[full] = pool[begin[full] + seats[full] - 1] + 1
        self.held = np.concatenate([self.held[stays], pool[inside]])
        displaced: Ints = self.person[pool[~inside] & (1 << self.digits.turn) - 1]
        return displaced

    def _move_on(self, people: Ints) -> Ints:
        """On to the next section, the next request, or, promoted, to the start; those who still have where to ask."""
        self.section[people] += 1
        at = self.instance.choices[people, self.choice[people]]
        through = people[self.section[people] >= self.sections.first[at + 1]]
        self.choice[through] += 1
        if self.larger:
            out = through[self.choice[through] >= self.length[through]]
            again = out[self.turn[out] >> self.digits.level & 1 == 1]
            self.turn[again] -= 1 << self.digits.level
            self.choice[again] = 0
        moved = through[self.choice[through] < self.length[through]]
        self.section[moved] = self.sections.first[self.instance.choices[moved, self.choice[moved]]]
        left: Ints = people[self.choice[people] < self.length[people]]
        return left

    def ask_one_by_one(self, asking: list[int]) -> None:
        """The same for few, without numpy: each asks, and whoever is displaced asks next."""
        self.held.sort()
        tail = Tail(self)
        while asking:
            displaced = tail.ask(asking.pop())
            if displaced is not None:
                asking.append(displaced)
        tail.write_back()

    def close(self) -> Outcome:
        """Read the outcome from the priorities kept."""
        section = np.full(len(self.instance.people), NOTHING, dtype=np.int64)
        section[self.person[self.held & (1 << self.digits.turn) - 1]] = self.held >> self.digits.section
        return Outcome(section, self.turn >> self.digits.level & 1 == 0, self.bound)


class Tail:
    """Plain lists of what is in motion; sections and people are read when they are first met."""

    def __init__(self, market: Market) -> None:
        self.market, self.digits = market, market.digits
        self.bound: list[int] = market.bound.tolist()
        self.seats: list[int] = market.sections.seats.tolist()
        self.flag: list[int] = market.sections.flag.tolist()
        self.first: list[int] = market.sections.first.tolist()
        self.kept: dict[int, list[int]] = {}
        self.rows: dict[int, tuple[list[int], list[int], int]] = {}
        self.mask = (1 << self.digits.turn) - 1
        self.begin = np.searchsorted(market.held, market.start).tolist()

    def ask(self, person: int) -> int | None:
        """Let one person ask until somebody keeps them; who lost a seat for that, if anybody."""
        market, digits, bound = self.market, self.digits, self.bound
        choices, bands, holds = self._read(person)
        choice, section = int(market.choice[person]), int(market.section[person])
        turn, level = int(market.turn[person]), 1 << digits.level
        while True:
            while choice < len(choices):
                last = self.first[choices[choice] + 1]
                while section < last and bands[choice] > 0:
                    flag = self.flag[section]
                    without = flag >= 0 and not holds >> flag & 1
                    front = (section << 1) + without << digits.without
                    number = front + (bands[choice] << digits.band) + turn
                    if number < bound[section]:
                        market.choice[person], market.section[person] = choice, section
                        return self._take(section, number)
                    section += 1
                choice += 1
                section = self.first[choices[choice]] if choice < len(choices) else 0
            market.choice[person] = choice
            if not market.larger or not turn & level:
                return None
            turn -= level
            market.turn[person] = turn
            choice, section = 0, self.first[choices[0]]

    def _read(self, person: int) -> tuple[list[int], list[int], int]:
        row = self.rows.get(person)
        if row is None:
            instance, length = self.market.instance, int(self.market.length[person])
            choices, bands = instance.choices[person, :length].tolist(), instance.bands[person, :length].tolist()
            row = self.rows[person] = (choices, bands, int(instance.holds[person]))
        return row

    def _take(self, section: int, number: int) -> int | None:
        kept = self.kept.get(section)
        if kept is None:
            kept = self.market.held[self.begin[section] : self.begin[section + 1]].tolist()
            self.kept[section] = kept
        insort(kept, number)
        last = kept.pop() if len(kept) > self.seats[section] else None
        if len(kept) == self.seats[section]:
            self.bound[section] = kept[-1] + 1
        if last is None:
            return None
        person = int(self.market.person[last & self.mask])
        self.market.section[person] += 1
        return person

    def write_back(self) -> None:
        """Give the lists back to the columns."""
        market = self.market
        met = np.zeros(len(self.seats), dtype=bool)
        met[list(self.kept)] = True
        fresh = np.array([number for kept in self.kept.values() for number in kept], dtype=np.int64)
        market.held = np.concatenate([market.held[~met[market.held >> self.digits.section]], fresh])
        market.bound = np.array(self.bound, dtype=np.int64)
