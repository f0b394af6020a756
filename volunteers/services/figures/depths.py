"""How far each group's way through the stages may be told, beside all others: for the ledger and the dashboard alike.

The rule itself is `ui.small_groups`: a figure and its difference to any other that is shown stand for enough people on
both sides, or for nobody. It holds for applications and for the people behind them.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any

from accounts.enums import InclusionGroup as G
from accounts.services.inclusion_counts import AGES, GroupSums
from ui.small_groups import STAFF_LEAST, Funnel, hide_beside, join_apart, join_within, measure_depths
from volunteers.services.figures.stages import name_people

Depths = dict[G, dict[Any, int]]


def find_depths(
    sums: GroupSums, stages: Sequence[str], parts: Collection[Hashable], *, closed: Collection[tuple[G, Any]] = ()
) -> Depths:
    """For each group and part how many of the stages may be shown.

    `parts` are those whose sum is known somewhere, such as the offices of a province. What is hidden in one follows
    neither from the others nor, of ages, from the other ages. `closed`: groups of parts that stay hidden anyway.
    """
    funnels = {group: {part: _read(sums, group, part, stages) for part in parts} for group in G}
    depths = {group: measure_depths(funnels[group], least=STAFF_LEAST) for group in G}
    for group, part in closed:
        depths[group][part] = 0
    before = None
    while before != depths:  # a part hidden for the others of a group may tell on an age, and the other way round
        before = {group: dict(each) for group, each in depths.items()}
        for group in G:
            hide_beside(funnels[group], depths[group], least=STAFF_LEAST, join=join_apart)
        for part in parts:
            _hide_ages(sums, stages, part, {age: funnels[age][part] for age in AGES}, depths)
    return depths


def _hide_ages(sums: GroupSums, stages: Sequence[str], part: Any, ages: Mapping[G, Funnel], depths: Depths) -> None:
    """Ages part people; who is outside all of them, or has not said, is never shown."""
    named = {age: funnel for age, funnel in ages.items() if any(members for members, _others in funnel[0])}
    rest: dict[Any, Funnel] = {}
    outside = _outside(sums, part, stages)
    if any(members for members, _others in outside[0]):
        rest = {None: outside}
    own: dict[Any, int] = {age: depths[age][part] for age in named} | dict.fromkeys(rest, 0)
    hide_beside({**named, **rest}, own, least=STAFF_LEAST, join=join_within)
    for age in named:
        depths[age][part] = own[age]


def _read(sums: GroupSums, group: G, part: Any, stages: Sequence[str]) -> Funnel:
    members, everybody = sums.groups[group][part], sums.everybody[part]
    return [[(members[name], everybody[name] - members[name]) for name in (each, name_people(each))] for each in stages]


def _outside(sums: GroupSums, part: Any, stages: Sequence[str]) -> Funnel:
    everybody, ages = sums.everybody[part], [sums.groups[age][part] for age in AGES]
    return [
        [
            (everybody[name] - sum(age[name] for age in ages), sum(age[name] for age in ages))
            for name in (each, name_people(each))
        ]
        for each in stages
    ]
