"""How often each group was chosen, beside everybody else: a reason to look, never a verdict.

What is read here was told by `standing`, which hides what tells on a few people. A place and a quarter are never chosen
together (decision 0025).
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from accounts.enums import InclusionGroup
from accounts.services.inclusion_counts import PEOPLE, GroupSums, count_groups
from volunteers.models import StandingFigures
from volunteers.services.figures.scope import Scope
from volunteers.services.figures.stages import ACCEPTED, APPLIED, ELIGIBLE, OFFERED, SERVED, SHORTLISTED, measure_stages

FOUR_FIFTHS = 0.8
ENOUGH_TO_ASK = 10  # people among members and among others, below which chance alone would raise a question
SHOWN = (APPLIED, ELIGIBLE, SHORTLISTED, OFFERED, ACCEPTED, SERVED)
REASON = "figures of the programme"


@dataclass(frozen=True)
class GroupFigures:
    """Members and all others, by the stages that may be told; both None where none may."""

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
    return found[OFFERED] / found[ELIGIBLE] if found and OFFERED in found and found[ELIGIBLE] else None


def read_groups(scope: Scope) -> list[GroupFigures] | None:
    """One line a group, as last told; None where a place and a quarter are chosen together. One query."""
    if scope.province and scope.quarter:
        return None
    key = scope.province.code if scope.province else scope.quarter.code if scope.quarter else ""
    row = StandingFigures.objects.filter(scope=key).first()
    return [read_line(row, group) for group in InclusionGroup]


def read_line(row: StandingFigures | None, group: InclusionGroup) -> GroupFigures:
    told = row.groups.get(group.value) if row else None
    if not told:
        return GroupFigures(group, None, None)
    return GroupFigures(group, Counter(told["members"]), Counter(told["others"]))


def compare(sums: GroupSums, group: InclusionGroup, key: Any) -> GroupFigures:
    """The group in one part, beside all others of the part: everything, so nothing to show as it is."""
    everybody, members = sums.everybody[key], sums.groups[group][key]
    names = (PEOPLE, *SHOWN)
    mine = Counter({name: members[name] for name in names})
    return GroupFigures(group, mine, Counter({name: everybody[name] - members[name] for name in names}))


def count_all(part: Any = None) -> GroupSums:
    """All stages, in applications and in people."""
    rows, measures = Scope().applications, measure_stages(SHOWN)
    return count_groups(rows, person="applicant", measures=measures, part=part, by=None, reason=REASON)
