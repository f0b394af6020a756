"""How many pages are open on a thing, over all processes: a number, never who. The hub counts sockets and knows nobody.

Under three it is not told, for whoever writes to an office could guess who reads; under ten it is "a few".
"""

import time
from collections import Counter
from collections.abc import Iterable, Mapping

EVERY = 30.0  # seconds between two samples
TOO_OLD = 2.5 * EVERY  # a process that has said nothing for so long counts no more
FEW, MANY = 3, 10  # from here it is told, from here with its number


def soften(count: int) -> int:
    """What is told: 0 for too few, `FEW` for a few, from `MANY` on the number."""
    if count < FEW:
        return 0
    return FEW if count < MANY else count


def count_things(rooms: Mapping[str, Iterable[object]]) -> dict[str, int]:
    """Sockets of each thing: the rooms of its languages together."""
    counts: Counter[str] = Counter()
    for room, seats in rooms.items():
        counts[room.rpartition(":")[0]] += len(list(seats))
    return dict(counts)


class Presence:
    """This process's last sample beside what the other processes said of theirs."""

    def __init__(self) -> None:
        self.here: dict[str, int] = {}
        self.told: dict[str, int] = {}
        self._others: dict[str, tuple[float, dict[str, int]]] = {}

    def take(self, process: str, counts: dict[str, int]) -> None:
        """Another process's sample."""
        self._others[process] = (time.monotonic(), counts)

    def sample(self, counts: dict[str, int]) -> dict[str, int]:
        """With this process's own counts: what of its things has changed, softened."""
        oldest = time.monotonic() - TOO_OLD
        self._others = {name: said for name, said in self._others.items() if said[0] > oldest}
        self.here = counts
        now = {thing: soften(self._total(thing)) for thing in counts}
        news = {thing: count for thing, count in now.items() if count != self.told.get(thing, 0)}
        self.told = now
        return news

    def _total(self, thing: str) -> int:
        return self.here.get(thing, 0) + sum(counts.get(thing, 0) for _, counts in self._others.values())


READING = Presence()
