"""The sums as people read them: small groups hidden, nobody named but to the office, and there only who allows it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from participation.enums import AgeBand, CountedGroup, Sex
from participation.models import CheckIn, HeadCount, Meeting
from ui.charts import Bar
from ui.small_groups import find_hidden
from ui.words import to_number

MOST_NAMES = 300


@dataclass(frozen=True)
class Came:
    """How many came, and bars by sex, by age and by what people say of themselves; hidden ones say so."""

    people: int
    by_sex: list[Bar]
    by_age: list[Bar]
    by_group: list[Bar]


def read_came(meeting: Meeting, *, least: int) -> Came:
    """`least`: the smallest group that is told (`ui.small_groups`). One query."""
    sexes: Counter[str] = Counter()
    ages: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for row in HeadCount.objects.filter(meeting=meeting):
        if row.group:
            groups[row.group] += row.people
        else:
            sexes[row.sex] += row.people
            ages[row.age] += row.people
    people = sum(sexes.values())
    told = {code: count for code, count in groups.items() if least <= count <= people - least}
    return Came(
        people,
        draw(sexes, {**dict(Sex.choices), "": _("Not said")}, least=least),
        draw(ages, {**dict(AgeBand.choices), "": _("Not said")}, least=least),
        [_bar(str(CountedGroup(code).label), count, people) for code, count in told.items()],
    )


def draw(counts: Mapping[str, int], labels: Mapping[str, Any], *, least: int) -> list[Bar]:
    """Bars of groups that part the same people; those that tell on somebody say so instead of a figure."""
    people, hidden = sum(counts.values()), find_hidden(counts, least=least)
    if set(filter(counts.get, labels)) <= {""}:  # nobody said anything
        return []
    return [
        Bar(str(label), 0, _("too few to show")) if code in hidden else _bar(str(label), counts[code], people)
        for code, label in labels.items()
        if counts.get(code)
    ]


def _bar(label: str, count: int, people: int) -> Bar:
    return Bar(label, count * 100 / people, to_number(count))


@dataclass(frozen=True)
class Roll:
    """For the office: who checked in and allows to be read, how many without a name, whom it has to confirm."""

    named: list[CheckIn]
    nameless: int
    unsure: list[CheckIn]


def read_roll(meeting: Meeting) -> Roll:
    """Three queries."""
    rows = list(meeting.check_ins.counted().named().select_related("user")[:MOST_NAMES])
    unsure = list(meeting.check_ins.unsure().select_related("user")[:MOST_NAMES])
    return Roll(rows, meeting.check_ins.counted().filter(hides_name=True).count(), unsure)
