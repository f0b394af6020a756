"""The sums as people read them: small groups hidden, nobody named but to the office, and there only who allows it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from participation.enums import AgeBand, CountedGroup, Sex
from participation.models import CheckIn, Meeting
from participation.services.attendance.phones import find_telling, sum_up
from participation.services.attendance.reconciling import reconcile
from ui.charts import Bar
from ui.small_groups import find_hidden
from ui.words import to_number
from volunteers.services.serving.check_in import LONGEST_WAY

MOST_NAMES = 300


@dataclass(frozen=True)
class Came:
    """How many came, and bars by sex, by age and by what people say of themselves; hidden ones say so.

    `is_parted`: the time of the bars has come.
    """

    people: int
    is_parted: bool = False
    by_sex: list[Bar] = field(default_factory=list)
    by_age: list[Bar] = field(default_factory=list)
    by_group: list[Bar] = field(default_factory=list)


def is_parted(meeting: Meeting) -> bool:
    """Whether no phone can be counted any more: bars that move with each check-in would tell who it was."""
    return timezone.now() >= meeting.ends_at + LONGEST_WAY


def read_came(meeting: Meeting, *, least: int) -> Came:
    """`least`: the smallest group that is told (`ui.small_groups`). What telling would say of those who checked in
    with a phone stays hidden from everybody, as the office knows its own count. One query.
    """
    rows = list(meeting.head_counts.all())
    sums = sum_up(reconcile(rows, meeting.door_means))
    if not is_parted(meeting):
        return Came(sums.people)
    telling = find_telling(rows, meeting.door_means)
    told = {code: count for code, count in sums.groups.items() if least <= count <= sums.people - least}
    return Came(
        sums.people,
        True,
        draw(sums.sexes, {**dict(Sex.choices), "": _("Not said")}, least=least, beside=telling.sexes),
        draw(sums.ages, {**dict(AgeBand.choices), "": _("Not said")}, least=least, beside=telling.ages),
        [
            _bar(str(CountedGroup(code).label), count, sums.people)
            for code, count in told.items()
            if code not in telling.groups
        ],
    )


def draw(
    counts: Mapping[str, int], labels: Mapping[str, Any], *, least: int, beside: Collection[str] = ()
) -> list[Bar]:
    """Bars of groups that part the same people; those that tell on somebody say so instead of a figure.

    `beside`: more of them to hide; no bars at all where these are all, as the names alone would tell who is there.
    """
    if set(beside) >= set(labels):
        return []
    people, hidden = sum(counts.values()), find_hidden(counts, least=least).union(beside)
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
