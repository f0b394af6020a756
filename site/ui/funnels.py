"""Charts of shares with a mark to compare with: bars that fall, and places from a hollow dot to a full one.

Drawn without a viewBox, so that text keeps its size on a phone: x in per cent, y in pixels.
"""

from dataclasses import dataclass
from itertools import pairwise

from ui.words import to_digits


@dataclass(frozen=True)
class MarkedShare:
    """A share of a hundred and what it is compared with; None for no figure. `*_shown`: as people read them."""

    label: str
    share: int | None
    shown: str
    mark: int | None = None
    mark_shown: str = ""
    note: str = ""
    is_strong: bool = False

    @property
    def width(self) -> str:
        return f"{self.share or 0}%"

    @property
    def mark_x(self) -> str:
        return f"{self.mark}%"


@dataclass(frozen=True)
class Line:
    """A share at its height in the drawing."""

    row: MarkedShare
    top: int

    @property
    def text_y(self) -> int:
        return self.top + 20

    @property
    def bar_y(self) -> int:
        return self.top + 30

    @property
    def mark_y(self) -> tuple[int, int, int, int]:
        """The halo from and to, the mark from and to."""
        return self.top + 28, self.top + 52, self.top + 26, self.top + 54


@dataclass(frozen=True)
class Chart:
    rows: list[MarkedShare]

    STEP = 62

    @property
    def lines(self) -> list[Line]:
        return [Line(row, number * self.STEP) for number, row in enumerate(self.rows)]

    @property
    def height(self) -> int:
        return len(self.rows) * self.STEP

    @property
    def spoken(self) -> str:
        """All figures in one sentence, for those who cannot see the drawing."""
        return ", ".join(f"{row.label}: {row.shown}{row.mark_shown}" for row in self.rows)


def fall(rows: list[MarkedShare]) -> list[MarkedShare]:
    """Each bar with what was lost since the one before; the largest loss is strong."""
    losses = [0]
    for before, after in pairwise(rows):
        losses.append(max(0, (before.share or 0) - (after.share or 0)) if after.share is not None else 0)
    return [
        MarkedShare(
            row.label, row.share, row.shown, row.mark, row.mark_shown,
            note=to_digits(f"−{loss}") if loss else "", is_strong=bool(loss) and loss == max(losses),
        )
        for row, loss in zip(rows, losses, strict=True)
    ]  # fmt: skip
