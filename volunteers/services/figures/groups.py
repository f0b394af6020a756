"""How often each group was chosen, beside everybody else: a reason to look, never a verdict.

Members of a group and all others are each at least `STAFF_LEAST` people, also in every other province or quarter that
the same group could be subtracted from. A place and a quarter are never chosen together here (decision 0025).
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from accounts.enums import InclusionGroup
from accounts.models import User
from accounts.services.inclusion_counts import AGES, PEOPLE, GroupSums, count_groups
from ui.small_groups import STAFF_LEAST, find_hidden
from volunteers.services.figures.scope import APPLICATION, Scope, quarter_of
from volunteers.services.figures.stages import ACCEPTED, APPLIED, ELIGIBLE, OFFERED, SERVED, SHORTLISTED, STAGES

FOUR_FIFTHS = 0.8
ENOUGH_TO_ASK = 10  # people among members and among others, below which chance alone would raise a question
SHOWN = (APPLIED, ELIGIBLE, SHORTLISTED, OFFERED, ACCEPTED, SERVED)


@dataclass(frozen=True)
class GroupFigures:
    """Members and all others; both None where either are few."""

    group: InclusionGroup
    members: Counter[str] | None
    others: Counter[str] | None

    @property
    def rate(self) -> float | None:
        """Members offered a place, of those the offices could choose from."""
        return _rate(self.members)

    @property
    def others_rate(self) -> float | None:
        return _rate(self.others)

    @property
    def ratio(self) -> float | None:
        """The members' rate as a part of the others'; None where nobody else was chosen."""
        mine, theirs = self.rate, self.others_rate
        return mine / theirs if mine is not None and theirs else None

    @property
    def is_low(self) -> bool:
        """Worth a look: under four fifths, and enough people on both sides."""
        if self.ratio is None or not self.members or not self.others:
            return False
        return self.ratio < FOUR_FIFTHS and min(self.members[PEOPLE], self.others[PEOPLE]) >= ENOUGH_TO_ASK


def _rate(found: Counter[str] | None) -> float | None:
    return found[OFFERED] / found[ELIGIBLE] if found and found[ELIGIBLE] else None


def read_groups(scope: Scope, *, by: User | None, reason: str) -> list[GroupFigures] | None:
    """One line a group; None where a place and a quarter are chosen together. Two queries, one of them the log's."""
    if scope.province and scope.quarter:
        return None
    part: Any = None
    if scope.province:
        part = Scope().place_of(APPLICATION)
    elif scope.quarter:
        part = quarter_of("sent_at")
    key = scope.province.code if scope.province else scope.quarter.code if scope.quarter else None
    sums = _count(part, by, reason)
    return [compare(sums, group, key) for group in InclusionGroup]


def read_groups_by_province(*, by: User | None, reason: str) -> dict[str, list[GroupFigures]]:
    """Every province that has applications, by its code."""
    sums = _count(Scope().place_of(APPLICATION), by, reason)
    return {str(code): [compare(sums, group, code) for group in InclusionGroup] for code in sorted(sums.everybody)}  # type: ignore[type-var]


def compare(sums: GroupSums, group: InclusionGroup, key: Any) -> GroupFigures:
    """The group in one part, beside all others of the part."""
    everybody, members = sums.everybody[key], sums.groups[group][key]
    if key in find_hidden_parts(sums, group):
        return GroupFigures(group, None, None)
    return GroupFigures(group, members, Counter({name: everybody[name] - members[name] for name in everybody}))


def find_hidden_parts(sums: GroupSums, group: InclusionGroup) -> set[Any]:
    """The parts in which members or others are few, with what would tell on them."""
    members = {key: sums.groups[group][key][PEOPLE] for key in sums.everybody}
    others = {key: size[PEOPLE] - members[key] for key, size in sums.everybody.items()}
    hidden = {key for key in members if 0 in (members[key], others[key])}
    for sizes in (members, others):
        hidden |= find_hidden(sizes, least=STAFF_LEAST)
    if group in AGES:  # ages part people: a hidden one must not follow from the others
        hidden |= {key for key in members if group in _hidden_ages(sums, key)}
    return hidden


def _hidden_ages(sums: GroupSums, key: Any) -> set[Any]:
    sizes: dict[Any, int] = {age: sums.groups[age][key][PEOPLE] for age in AGES}
    sizes[None] = sums.everybody[key][PEOPLE] - sum(sizes.values())
    return find_hidden(sizes, least=STAFF_LEAST)


def _count(part: Any, by: User | None, reason: str) -> GroupSums:
    measures = {name: STAGES[name] for name in SHOWN}
    rows = Scope().applications
    return count_groups(rows, person="applicant", measures=measures, part=part, by=by, reason=reason)
