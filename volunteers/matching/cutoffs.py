"""The last that got in, for each request and set of flags. Everybody's outcome can be read from these lines alone:
each person has the first choice of their own list at which they stand within the line of their flags.
"""

from dataclasses import dataclass
from functools import cached_property

from volunteers.matching.acceptance import BAND_BITS, Digits, Outcome
from volunteers.matching.instance import NOTHING, Instance
from volunteers.matching.sections import Sections

Rank = tuple[int, bool, int]


@dataclass(frozen=True, order=True)
class Line:
    """Where a request stopped: within it stands whose (band, not promoted, turn) is the same or smaller.

    `everyone` with a band gets in; `nobody` does, because no seat was there for these flags.
    """

    band: int
    unpromoted: bool
    turn: int

    @property
    def everyone(self) -> bool:
        return self == EVERYONE

    @property
    def nobody(self) -> bool:
        return self == NOBODY

    def takes(self, rank: Rank) -> bool:
        """Whether somebody of this (band, not promoted, turn) gets in; without a band nobody does."""
        return rank[0] > 0 and rank <= (self.band, self.unpromoted, self.turn)


NOBODY = Line(0, False, 0)
EVERYONE = Line(1 << BAND_BITS, True, 0)


@dataclass(frozen=True, eq=False)
class Cutoffs:
    """The lines of an outcome."""

    instance: Instance
    sections: Sections
    outcome: Outcome

    @cached_property
    def _lines(self) -> list[tuple[Line, Line]]:
        """Of each section: the line for those without its flag and for those who hold it."""
        return [self._read(section) for section in range(len(self.sections.seats))]

    def _read(self, section: int) -> tuple[Line, Line]:
        digits = Digits.of(len(self.instance.people))
        bound = int(self.outcome.bound[section])
        if bound == section << digits.section:
            return NOBODY, NOBODY
        if bound == section + 1 << digits.section:
            return EVERYONE, EVERYONE
        last = bound - 1
        line = Line(
            band=last >> digits.band & (1 << BAND_BITS) - 1,
            unpromoted=bool(last >> digits.level & 1),
            turn=last & (1 << digits.turn) - 1,
        )
        if self.sections.flag[section] == NOTHING:
            return line, line
        return (line, EVERYONE) if last >> digits.without & 1 else (NOBODY, line)

    def line(self, request: int, holds: int) -> Line:
        """The line of a request (by index) for people who hold these flags (as bits): the kindest of its sections."""
        first, last = int(self.sections.first[request]), int(self.sections.first[request + 1])
        return max(self.line_of_section(section, holds) for section in range(first, last))

    def line_of_section(self, section: int, holds: int) -> Line:
        flag = int(self.sections.flag[section])
        return self._lines[section][flag != NOTHING and holds >> flag & 1]

    def list_lines(self, request: int) -> list[tuple[frozenset[str], Line]]:
        """For publishing: a line for each set of the flags that the request keeps seats for."""
        kept = [flag for flag, _ in self.instance.reserves[request]]
        lines = []
        for chosen in range(1 << len(kept)):
            flags = [flag for index, flag in enumerate(kept) if chosen >> index & 1]
            names = frozenset(self.instance.flags[flag] for flag in flags)
            lines.append((names, self.line(request, sum(1 << flag for flag in flags))))
        return lines
