"""Charts as data: drawn on the server as SVG, each with the table it stands for."""

from collections.abc import Iterable
from dataclasses import dataclass

MOST_STEPS = 5


@dataclass(frozen=True)
class Bar:
    """One bar. `share`: its length in per cent of the whole; `shown`: the figure as a person reads it."""

    label: str
    share: float
    shown: str
    note: str = ""
    is_loss: bool = False  # the note tells of something lost

    @property
    def width(self) -> str:
        """The length for SVG: never with a comma, whatever the language."""
        return f"{min(max(self.share, 0), 100):.1f}%"


def scale(bars: list[tuple[str, int, str]]) -> list[Bar]:
    """Bars of counts, as long as their share of the largest. From (label, count, shown)."""
    top = max((count for _label, count, _shown in bars), default=0)
    return [Bar(label, count * 100 / top if top else 0, shown) for label, count, shown in bars]


@dataclass(frozen=True)
class Steps:
    """The classes that a map is coloured by, the lowest first: lowest and highest figure of each."""

    bounds: list[tuple[int, int]]

    @classmethod
    def of_shares(cls) -> "Steps":
        """Fifths of a hundred."""
        return cls([(0, 20), (21, 40), (41, 60), (61, 80), (81, 100)])

    @classmethod
    def of_counts(cls, counts: Iterable[int]) -> "Steps":
        """Five classes of the same width at most, from one to the largest."""
        top = max(counts, default=0)
        width = max(1, -(-top // MOST_STEPS))
        return cls([(low, low + width - 1) for low in range(1, top + 1, width)])

    def find_level(self, figure: int | None) -> int:
        """From 1 on; 0 for none."""
        if figure is None:
            return 0
        return next((level for level, (low, high) in enumerate(self.bounds, 1) if low <= figure <= high), 0)


@dataclass(frozen=True)
class Region:
    """One area of a map: `outline` is SVG path data, `level` as `Steps.find_level` answers, `url` shows more of it."""

    outline: str
    label: str
    shown: str
    level: int
    url: str
