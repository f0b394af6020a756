"""A kept value beside the true one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

BATCH = 500  # rows read at a time


@dataclass(frozen=True)
class Drift:
    """A kept value that is not what the rows say."""

    thing: str
    column: str
    kept: Any
    true: Any


def compare(thing: str, row: object, true: Mapping[str, Any]) -> Iterator[Drift]:
    """The columns of a row that are not as they should be."""
    for column, value in true.items():
        if getattr(row, column) != value:
            yield Drift(thing, column, getattr(row, column), value)
