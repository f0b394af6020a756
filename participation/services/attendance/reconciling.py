"""The door's count and the phones' brought together, so that nobody is counted twice.

The office taps whoever does not count themselves: then all numbers are added. Or it counted everybody who came in: then
its number stands, and whoever counted themselves is among it. It says which.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from participation.enums import CountedBy, DoorMeans
from participation.models import HeadCount, Meeting


@dataclass(frozen=True)
class Numbers:
    """How many were counted in each way, and together."""

    door: int
    signed_in: int
    by_themselves: int
    together: int
    means: str

    @property
    def needs_word(self) -> bool:
        """Both counted, and the office has not said whom it counted."""
        return bool(not self.means and self.door and (self.signed_in or self.by_themselves))


def reconcile(rows: Collection[HeadCount], means: str) -> list[HeadCount]:
    """`rows`: all of one meeting. Those that make up its numbers, by sex and age and by what people say."""
    if means != DoorMeans.ALL:
        return list(rows)
    people = _sum_people(rows)
    taken = CountedBy.DOOR if people[CountedBy.DOOR] >= people[CountedBy.CODE] else CountedBy.CODE
    cells = [row for row in rows if not row.group and row.counted_by == taken]
    return [*cells, *(row for name in sorted({row.group for row in rows} - {""}) for row in _choose_group(rows, name))]


def _choose_group(rows: Collection[HeadCount], name: str) -> list[HeadCount]:
    """Hands counted in the room, or what phones said, whichever is more: the same people are in both."""
    door = [row for row in rows if row.group == name and row.counted_by == CountedBy.DOOR]
    phones = [row for row in rows if row.group == name and row.counted_by == CountedBy.CODE]
    return max(door, phones, key=lambda found: sum(row.people for row in found))


def read_numbers(meeting: Meeting) -> Numbers:
    """One query."""
    rows = list(meeting.head_counts.all())
    people = _sum_people(rows)
    return Numbers(
        door=people[CountedBy.DOOR],
        signed_in=people[CountedBy.CODE],
        by_themselves=people[CountedBy.SELF],
        together=_sum_people(reconcile(rows, meeting.door_means)).total(),
        means=meeting.door_means,
    )


def count_came(meeting: Meeting) -> int:
    """Everybody who was counted, with a phone or by the office, nobody twice. One query."""
    return read_numbers(meeting).together


def _sum_people(rows: Collection[HeadCount]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        if not row.group:
            found[row.counted_by] += row.people
    return found
