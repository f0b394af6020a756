"""Answers that may be told, counted by place and group. A fixed number of queries, whatever the number of answers."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from participation.enums import AgeBand, FunnelStep, Satisfaction, Sex, SurveyGroup
from participation.models import SurveyAnswer

ALL, PEOPLE = "", "n"
STEPS: dict[str, Q] = {
    FunnelStep.HEARD: Q(heard=True),
    FunnelStep.INVITED: Q(invited=True),
    FunnelStep.JOINED: Q(joined=True),
    FunnelStep.INPUT: Q(gave_input=True),
    FunnelStep.SATISFIED: Q(satisfaction__in=[each for each in Satisfaction if each.is_satisfied]),
}
GROUPS: dict[str, Q] = {
    ALL: Q(),
    SurveyGroup.FEMALE: Q(sex=Sex.FEMALE),
    SurveyGroup.YOUTH: Q(age=AgeBand.YOUTH),
    SurveyGroup.ELDERLY: Q(age=AgeBand.ELDERLY),
    SurveyGroup.DISABILITY: Q(has_disability=True),
    SurveyGroup.MIGRANT: Q(has_migrant=True),
    SurveyGroup.MINORITY: Q(is_minority=True),
}
Counts = dict[str, Counter[str]]  # by group: people, and how many of them came to each step


@dataclass
class Place:
    """Counts of a place, and the places that part it. `rest` is what belongs to none of them, and is never shown."""

    counts: Counts = field(default_factory=lambda: defaultdict(Counter))
    parts: dict[str, "Place"] = field(default_factory=dict)
    rest: Counts = field(default_factory=lambda: defaultdict(Counter))
    invited_by: Counter[str] = field(default_factory=Counter)
    why_not: Counter[str] = field(default_factory=Counter)

    def find_part(self, scope: str) -> "Place":
        return self.parts.setdefault(scope, Place())


def list_years() -> list[int]:
    """Plans that answers may be told of."""
    return sorted(set(SurveyAnswer.objects.told().order_by().values_list("survey__year", flat=True)))


def count_answers(year: int) -> Place:
    """The country with its provinces, their communes, and their meetings. Three queries."""
    country = Place()
    rows = SurveyAnswer.objects.told().filter(survey__year=year).order_by()
    keys = ("survey__meeting__public_id", "survey__commune__code", "province__code")
    measures = {
        f"{group}_{name}": Count("pk", filter=(condition & GROUPS[group]) or None)
        for group in GROUPS
        for name, condition in ((PEOPLE, Q()), *STEPS.items())
    }
    for row in rows.values(*keys).annotate(**{f"c{name}": measure for name, measure in measures.items()}):
        counts = {group: Counter({name: row[f"c{group}_{name}"] for name in (PEOPLE, *STEPS)}) for group in GROUPS}
        _add(country, [row[key] for key in keys], counts)
    for name, places in (("invited_by", "invited_by"), ("why_not", "why_not")):
        found = rows.exclude(**{name: ""}).values_list("survey__commune__code", "province__code", name)
        for commune, province, value, count in found.annotate(n=Count("pk")):
            _add_split(country, places, province_of(commune, province), value, count)
    return country


def province_of(commune: str | None, province: str | None) -> str:
    return commune[:2] if commune else province or ""


def _add(country: Place, keys: list[Any], counts: Mapping[str, Counter[str]]) -> None:
    """To every place that holds the row; to the `rest` of the smallest."""
    meeting, commune, province = keys
    path = [country]
    for scope in filter(None, (province_of(commune, province), commune, meeting and f"m:{meeting}")):
        path.append(path[-1].find_part(scope))
    for place in path:
        _sum_up(place.counts, counts)
    _sum_up(path[-1].rest, counts)


def _sum_up(into: Counts, counts: Mapping[str, Counter[str]]) -> None:
    for group, counter in counts.items():
        into[group].update(counter)


def _add_split(country: Place, name: str, province: str, value: str, count: int) -> None:
    getattr(country, name)[value] += count
    if province:
        getattr(country.find_part(province), name)[value] += count


def walk(place: Place, scope: str = "") -> Iterator[tuple[str, Place]]:
    """The place and all below it."""
    yield scope, place
    for code, part in place.parts.items():
        yield from walk(part, code)
