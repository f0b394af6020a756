"""Figures about few people tell on them: the one rule for which groups of a table stay hidden."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

STAFF_LEAST, PUBLIC_LEAST = 5, 10  # people in a group that staff, and that anybody, may see the figures of

Key = TypeVar("Key", bound=Hashable)


def find_hidden(sizes: Mapping[Key, int], *, least: int) -> set[Key]:
    """The groups to hide: those with fewer people than `least`, but for empty ones.

    One hidden group alone could be worked out from the total, so the smallest of the others is hidden with it.
    """
    hidden = {key for key, size in sizes.items() if 0 < size < least}
    others = [key for key, size in sizes.items() if size >= least]
    if sum(sizes[key] for key in hidden) < least and hidden and others:
        hidden.add(min(others, key=lambda key: sizes[key]))
    return hidden


def find_hidden_in_grid(sizes: Mapping[tuple[str, str], int], *, least: int) -> set[tuple[str, str]]:
    """The cells to hide of a table whose rows and columns are both summed up somewhere.

    In a row or column a hidden cell is never alone: whoever worked it out there could go on in the other direction.
    """
    hidden = {key for key, size in sizes.items() if 0 < size < least}
    lines = [
        [key for key in sorted(sizes) if key[axis] == name and sizes[key]]
        for axis in (0, 1)
        for name in sorted({key[axis] for key in sizes})
    ]
    is_settled = False
    while not is_settled:
        is_settled = True
        for line in lines:
            inside, others = [key for key in line if key in hidden], [key for key in line if key not in hidden]
            is_alone = len(inside) == 1 or sum(sizes[key] for key in inside) < least
            if inside and others and is_alone:
                hidden.add(min(others, key=lambda key: sizes[key]))
                is_settled = False
    return hidden
