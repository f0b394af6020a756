"""Figures by groups are told anew after each night, and only where enough people are new on both sides.

Each report by itself hides what tells on a few; two reports of the same scope, read one after the other, do so as well
(decision 0025).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from accounts.enums import InclusionGroup as G
from accounts.services.inclusion_counts import PEOPLE, GroupSums
from ui.small_groups import STAFF_LEAST, tells
from volunteers.models import StandingFigures
from volunteers.services.figures.depths import find_depths
from volunteers.services.figures.groups import SHOWN, count_all
from volunteers.services.figures.scope import APPLICATION, Scope, quarter_of
from volunteers.services.figures.stages import name_people

Told = dict[str, dict[str, int]]  # members and others, each by stage


@transaction.atomic
def renew_groups() -> int:
    """For the clocks. Answers how many scopes changed."""
    known = {row.scope: row for row in StandingFigures.objects.select_for_update()}
    fresh = dict(_count_scopes())
    StandingFigures.objects.exclude(scope__in=fresh).delete()
    changed = 0
    for scope, groups in fresh.items():
        row = known.get(scope) or StandingFigures(scope=scope)
        told = {group: _choose(row.groups.get(group), figures) for group, figures in groups.items()}
        if told != row.groups:
            row.groups = told
            row.save()
            changed += 1
    return changed


def _count_scopes() -> Iterator[tuple[str, dict[str, Told | None]]]:
    """The country, every province, every quarter. Two queries each, one of them the log's."""
    for part in (None, Scope().place_of(APPLICATION), quarter_of("sent_at")):
        sums = count_all(part)
        depths = find_depths(sums, SHOWN, list(sums.everybody))
        for key in sums.everybody:
            yield str(key or ""), {group.value: _describe(sums, group, key, depths[group][key]) for group in G}


def _describe(sums: GroupSums, group: G, key: Any, depth: int) -> Told | None:
    """The stages that may be told, with the people behind each."""
    if not depth:
        return None
    names = [PEOPLE, *(name for stage in SHOWN[:depth] for name in (stage, name_people(stage)))]
    members, everybody = sums.groups[group][key], sums.everybody[key]
    return {
        "members": {name: members[name] for name in names},
        "others": {name: everybody[name] - members[name] for name in names},
    }


def _choose(old: Told | None, new: Told | None) -> Told | None:
    """What is told from now on: the new figures, or the old ones as far as they may still be told."""
    if old is None or new is None or old == new:
        return new
    both = [name for name in new["members"] if name in old["members"]]
    steps = [(_step(old, new, "members", name), _step(old, new, "others", name)) for name in both]
    if not any(tells(step, least=STAFF_LEAST) for step in steps):
        return new
    return {side: {name: figures[name] for name in both} for side, figures in old.items()}


def _step(old: Mapping[str, Mapping[str, int]], new: Mapping[str, Mapping[str, int]], side: str, name: str) -> int:
    return abs(new[side][name] - old[side][name])
