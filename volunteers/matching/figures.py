"""What a dry run shows: how many get a place, and their first choice; groups beside the rest; fill by request."""

from dataclasses import dataclass

import numpy as np

from volunteers.matching.instance import Bools
from volunteers.matching.runs import Run

SMALLEST_GROUP = 10
FAIR_RATIO = 0.8


@dataclass(frozen=True)
class GroupFigures:
    """People with a flag beside those without. All is `None` when either side is under the smallest group.

    `ratio` is the placed share of the group divided by that of the rest; `None` as well where the rest has none.
    """

    flag: str
    people: int | None = None
    placed_share: float | None = None
    first_share: float | None = None
    rest_share: float | None = None
    ratio: float | None = None

    @property
    def hidden(self) -> bool:
        return self.people is None

    @property
    def alarming(self) -> bool:
        """Placed at less than four fifths of the rate of the rest."""
        return self.ratio is not None and self.ratio < FAIR_RATIO


@dataclass(frozen=True)
class Fill:
    """One request: seats, how many are taken, how many people chose it first."""

    request: str
    seats: int
    taken: int
    first_choices: int


@dataclass(frozen=True)
class Figures:
    """A run in numbers. `people` are those with at least one choice; shares are of them, nought when there are none.

    `by_choice[k]` counts those who got their choice number k + 1.
    """

    people: int
    placed: int
    by_choice: tuple[int, ...]
    promoted: int
    seats: int
    groups: tuple[GroupFigures, ...]
    fill: tuple[Fill, ...]

    @property
    def placed_share(self) -> float:
        return self.placed / self.people if self.people else 0.0

    @property
    def first_share(self) -> float:
        return self.by_choice[0] / self.people if self.people else 0.0

    @property
    def filled_share(self) -> float:
        return self.placed / self.seats if self.seats else 0.0


def measure(run: Run, *, smallest: int = SMALLEST_GROUP) -> Figures:
    """Count a run; groups (and rests) under `smallest` are left out."""
    instance = run.instance
    took_part = instance.choices[:, 0] >= 0
    got = (instance.choices == run.placed[:, None]) & (run.placed >= 0)[:, None]
    by_choice = got.sum(axis=0)
    placed, first = got.any(axis=1), got[:, 0]
    requests = len(instance.requests)
    taken = np.bincount(run.placed[run.placed >= 0], minlength=requests)
    firsts = np.bincount(instance.choices[took_part, 0], minlength=requests)
    rows = zip(instance.requests, instance.seats.tolist(), taken.tolist(), firsts.tolist(), strict=True)
    return Figures(
        people=int(took_part.sum()),
        placed=int(placed.sum()),
        by_choice=tuple(by_choice.tolist()),
        promoted=int(run.outcome.promoted.sum()),
        seats=int(instance.seats.sum()),
        groups=tuple(
            _compare(flag, took_part & (instance.holds >> bit & 1 == 1), took_part, placed, first, smallest)
            for bit, flag in enumerate(instance.flags)
        ),
        fill=tuple(Fill(*row) for row in rows),
    )


def _compare(flag: str, group: Bools, everyone: Bools, placed: Bools, first: Bools, smallest: int) -> GroupFigures:
    rest = everyone & ~group
    if min(group.sum(), rest.sum()) < max(smallest, 1):
        return GroupFigures(flag)
    share, rest_share = float(placed[group].mean()), float(placed[rest].mean())
    ratio = share / rest_share if rest_share else None
    return GroupFigures(flag, int(group.sum()), share, float(first[group].mean()), rest_share, ratio)
