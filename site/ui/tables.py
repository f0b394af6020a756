"""Figures as a table: the same rows for a page and for files."""

from dataclasses import dataclass
from typing import Any

from ui.words import to_digits, to_number


@dataclass(frozen=True)
class Table:
    """`rows` hold plain numbers and texts, for the page and for files alike."""

    name: str
    title: str
    header: list[str]
    rows: list[list[Any]]

    @property
    def lines(self) -> list[list[tuple[str, str]]]:
        """Each row as pairs of the column's name and the figure as a person reads it."""
        return [[(name, show(cell)) for name, cell in zip(self.header, row, strict=True)] for row in self.rows]


def show(cell: Any) -> str:
    """A cell in the reader's figures; nothing for None."""
    return to_number(cell) if isinstance(cell, int | float) else to_digits(cell) if cell is not None else ""
