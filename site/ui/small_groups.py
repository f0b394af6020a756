"""Figures about few people tell on them: the one rule for which groups of a table stay hidden."""

from collections.abc import Callable, Hashable, Mapping, Sequence
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


# How far people came, told of a group beside all others: the one rule for figures whose readers may know each person.
Cell = tuple[int, int]  # members of a group, and all others
Stage = Sequence[Cell]  # one cell for each thing that is counted, such as applications and people
Funnel = Sequence[Stage]  # each stage a part of the one before


def tells(cell: Cell, *, least: int) -> bool:
    """Whether it tells on somebody: few members, few others, or nobody but members. Nobody at all tells nothing."""
    members, others = cell
    return members < 0 or 0 < members < least or (others < least and cell != (0, 0))


def measure_depth(funnel: Funnel, *, least: int) -> int:
    """How many stages may be shown. The first that tells hides itself and all after it, and so does one whose
    difference to an earlier stage tells: who fell out between the two is known to the reader.
    """
    for depth, stage in enumerate(funnel):
        fell_out = [_subtract(earlier, stage) for earlier in funnel[:depth]]
        if any(tells(cell, least=least) for each in (stage, *fell_out) for cell in each):
            return depth
    return len(funnel)


def measure_depths(parts: Mapping[Key, Funnel], *, least: int) -> dict[Key, int]:
    """Of each part by itself. A group without members has nothing to compare, and would say so of everybody."""
    return {
        key: measure_depth(funnel, least=least) if all(members for members, _others in funnel[0]) else 0
        for key, funnel in parts.items()
    }


def hide_beside(
    parts: Mapping[Key, Funnel], depths: dict[Key, int], *, least: int, join: Callable[[Sequence[Funnel]], Funnel]
) -> None:
    """Shorten `depths` until what is hidden at a stage cannot be worked out: all hidden parts together, which follow
    from the whole less the shown ones, tell nothing either. `join` gives the funnel of several parts together.
    """
    for number in range(max(map(len, parts.values()), default=0)):
        while shown := [key for key in parts if depths[key] > number and any(map(any, parts[key][0]))]:
            hidden = [funnel for key, funnel in parts.items() if depths[key] <= number]
            if not hidden or measure_depth(join(hidden)[: number + 1], least=least) > number:
                break
            depths[min(shown, key=lambda key: sum(map(sum, parts[key][number])))] = number


def join_apart(funnels: Sequence[Funnel]) -> Funnel:
    """Parts without common people, such as the offices of a province."""
    return [
        [(sum(cell[0] for cell in cells), sum(cell[1] for cell in cells)) for cells in zip(*stages, strict=True)]
        for stages in zip(*funnels, strict=True)
    ]


def join_within(funnels: Sequence[Funnel]) -> Funnel:
    """Groups that part the same people, such as ages: the others of one hold the members of the next."""
    return [
        [(members := sum(cell[0] for cell in cells), sum(cells[0]) - members) for cells in zip(*stages, strict=True)]
        for stages in zip(*funnels, strict=True)
    ]


def _subtract(whole: Stage, part: Stage) -> Stage:
    return [(a[0] - b[0], a[1] - b[1]) for a, b in zip(whole, part, strict=True)]
