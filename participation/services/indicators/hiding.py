"""Which figures of which place may be told. From the country down: what is hidden above is hidden below as well."""

from collections.abc import Mapping

from participation.enums import SurveyGroup
from participation.services.indicators.counting import ALL, PEOPLE, Counts, Place
from ui.small_groups import PUBLIC_LEAST, Funnel, find_hidden, hide_beside, join_apart, measure_depths

REST = "rest"  # answers that belong to no part of a place: never shown, so it hides others with it where it is small
Shown = dict[str, set[str]]  # by scope: the groups that may be told, ALL for everybody


def choose_shown(country: Place) -> Shown:
    """Everybody from ten people on; a group where it and all others are ten or more. Neither the whole less what is
    shown, nor a place less its parts, tells on fewer.
    """
    shown: Shown = {"": _choose_of({"": country.counts}, {ALL, *SurveyGroup})[""]}
    _open(country, "", shown)
    return shown


def _open(place: Place, scope: str, shown: Shown) -> None:
    """Choose for the parts of a place, and for theirs."""
    if not place.parts:
        return
    counts = {code: part.counts for code, part in place.parts.items()} | {REST: place.rest}
    found = _choose_of(counts, shown[scope])
    for code, part in place.parts.items():
        shown[code] = found[code]
        _open(part, code, shown)


def _choose_of(parts: Mapping[str, Counts], within: set[str]) -> Shown:
    """Of places that together are one. `within`: what may be told of that one."""
    shown: Shown = {code: set() for code in parts}
    sizes = {code: counts[ALL][PEOPLE] for code, counts in parts.items()}
    hidden = find_hidden(sizes, least=PUBLIC_LEAST) | {code for code, size in sizes.items() if not size}
    for group in SurveyGroup:
        if group in within and ALL in within:
            for code in _choose_group(parts, group, hidden):
                shown[code].add(group.value)
    for code in parts:
        if ALL in within and code not in hidden:
            shown[code].add(ALL)
            _hide_rest_of_ages(parts[code], shown[code])
        else:
            shown[code].clear()
    return shown


def _choose_group(parts: Mapping[str, Counts], group: SurveyGroup, hidden: set[str]) -> list[str]:
    funnels: dict[str, Funnel] = {}
    for code, counts in parts.items():
        members = counts[group][PEOPLE]
        funnels[code] = [[(members, counts[ALL][PEOPLE] - members)]]
    depths = measure_depths(funnels, least=PUBLIC_LEAST)
    depths |= dict.fromkeys(hidden, 0)
    if len(parts) > 1:
        hide_beside(funnels, depths, least=PUBLIC_LEAST, join=join_apart)
    return [code for code, depth in depths.items() if depth]


def _hide_rest_of_ages(counts: Counts, shown: set[str]) -> None:
    """Youth and elderly both shown tell everybody else's age; where these are few, the smaller of the two goes."""
    ages = [SurveyGroup.YOUTH.value, SurveyGroup.ELDERLY.value]
    rest = counts[ALL][PEOPLE] - sum(counts[age][PEOPLE] for age in ages)
    if shown.issuperset(ages) and 0 < rest < PUBLIC_LEAST:
        shown.discard(min(ages, key=lambda age: counts[age][PEOPLE]))
