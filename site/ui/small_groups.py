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
