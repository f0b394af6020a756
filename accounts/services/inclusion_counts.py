"""Inclusion answers as sums over groups, never of one person. Whoever shows them hides the small ones."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.utils import timezone

from accounts.enums import InclusionGroup as G
from accounts.models import InclusionCount, User

ANSWERS = {
    G.FEMALE: "is_female",
    G.DISABILITY: "has_disability",
    G.ID_POOR: "has_id_poor",
    G.MINORITY: "is_minority",
    G.MIGRANT: "has_migrant_household",
}
AGES = {G.AGE_15: (15, 17), G.AGE_18: (18, 24), G.AGE_25: (25, 30), G.AGE_31: (31, 35)}
PEOPLE = "people"  # the measure that is always there: how many different people
Parts = dict[Hashable, Counter[str]]


@dataclass
class GroupSums:
    """What was measured, by part: over everybody, and over each group's members alone."""

    everybody: Parts = field(default_factory=lambda: defaultdict(Counter))
    groups: dict[G, Parts] = field(default_factory=lambda: {group: defaultdict(Counter) for group in G})


def count_groups(
    rows: QuerySet[Any], *, person: str, measures: Mapping[str, Any], part: Any = None, by: User | None, reason: str
) -> GroupSums:
    """Sum the measures (aggregates over `rows`) for each group of the people at the path `person`.

    `part`, an expression, parts the rows; without it there is one part, None. One query, and one line in the log of
    counts. `by=None` is the programme's own clock.
    """
    answers = {f"_{column}": F(f"{person}__inclusion__{column}") for column in ANSWERS.values()}
    marks = {"_age": _age(person), "_part": Value("") if part is None else part}
    numbers = {PEOPLE: Count(person, distinct=True), **measures}
    sums = GroupSums()
    for row in rows.order_by().values(**answers, **marks).annotate(**numbers):
        key = None if part is None else row["_part"]
        found: Counter[str] = Counter({name: row[name] or 0 for name in numbers})
        sums.everybody[key] += found
        for group in _groups_of(row):
            sums.groups[group][key] += found
    people = sum(each[PEOPLE] for each in sums.everybody.values())
    InclusionCount.objects.create(reader=by, reason=reason[:200], people=people)
    return sums


def _groups_of(row: Mapping[str, Any]) -> list[G]:
    found = [group for group, column in ANSWERS.items() if row[f"_{column}"]]
    return [*found, G(row["_age"])] if row["_age"] else found


def _age(person: str) -> Case:
    """The band of the least age that the birth year allows, as `User.age` reads it; "" outside all of them."""
    year = timezone.localdate().year - 1
    bands = (
        When(**{f"{person}__birth_year__range": (year - high, year - low)}, then=Value(group.value))
        for group, (low, high) in AGES.items()
    )
    return Case(*bands, default=Value(""), output_field=CharField())
