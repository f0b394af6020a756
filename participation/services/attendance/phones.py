"""What must not be told of those who checked in or counted themselves with a phone.

The office reads some of their names, and it wrote the numbers of the door itself: whatever it reads of both together
it can take its own numbers from. So the check-ins alone decide what is hidden, for everybody, as the office reads the
public page too.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from participation.enums import AgeBand, CountedBy, CountedGroup, DoorMeans, Sex
from participation.models import HeadCount
from participation.services.attendance.reconciling import reconcile
from ui.small_groups import STAFF_LEAST, find_hidden


@dataclass(frozen=True)
class Sums:
    """People by sex, by age ("" said nothing) and by what they say of themselves."""

    sexes: Counter[str] = field(default_factory=Counter)
    ages: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)

    @property
    def people(self) -> int:
        return self.sexes.total()


@dataclass(frozen=True)
class Telling:
    """Sexes, ages and groups whose figures would tell on somebody who checked in."""

    sexes: set[str]
    ages: set[str]
    groups: set[str]

    @property
    def names(self) -> set[str]:
        """All of them."""
        return self.sexes | self.ages | self.groups


def sum_up(rows: Collection[HeadCount]) -> Sums:
    """The rows of one meeting, however people were counted."""
    sums = Sums()
    for row in rows:
        if row.group:
            sums.groups[row.group] += row.people
        else:
            sums.sexes[row.sex] += row.people
            sums.ages[row.age] += row.people
    return sums


def find_telling(rows: Collection[HeadCount], means: str = "") -> Telling:
    """`rows`: all of one meeting. Where nobody checked in, nothing tells. `means`: where the door counted everybody
    (`reconciling.py`), its own numbers by sex and age are told, and these hold nothing of the phones.
    """
    phones = sum_up([row for row in rows if row.counted_by != CountedBy.DOOR])
    people = phones.people
    groups = {code.value for code in CountedGroup if _tells(phones.groups[code], people)}
    if means == DoorMeans.ALL and all(row.counted_by == CountedBy.DOOR for row in reconcile(rows, means)):
        return Telling(set(), set(), set())
    return Telling(
        _find_telling(phones.sexes, {*Sex.values, ""}),
        _find_telling(phones.ages, {*AgeBand.values, ""}),
        groups if people else set(),
    )


def _tells(members: int, people: int) -> bool:
    """Nobody of enough people tells nothing."""
    return people < STAFF_LEAST if not members else not STAFF_LEAST <= members <= people - STAFF_LEAST


def _find_telling(sizes: Counter[str], every: set[str]) -> set[str]:
    """The small ones, as everywhere; all, where what is hidden is still a few people."""
    if sizes.keys() <= {""}:  # nobody said anything
        return set()
    hidden = find_hidden(sizes, least=STAFF_LEAST)
    return every if 0 < sum(sizes[key] for key in hidden) < STAFF_LEAST else hidden
