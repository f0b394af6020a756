"""What people say of themselves beside the door, as sums by group: with their first input, and after a meeting.

Whoever says it is counted once at each step; what they said is nowhere but in the sums.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from participation.enums import AgeBand, CountedGroup, Sex, SurveyGroup, ToldStep
from participation.models import GroupCount, Meeting

GROUPS: Mapping[str, Mapping[str, str]] = {
    SurveyGroup.FEMALE.value: {"sex": Sex.FEMALE.value},
    SurveyGroup.YOUTH.value: {"age": AgeBand.YOUTH.value},
    SurveyGroup.ELDERLY.value: {"age": AgeBand.ELDERLY.value},
    SurveyGroup.DISABILITY.value: {"group": CountedGroup.DISABILITY.value},
    SurveyGroup.MINORITY.value: {"group": CountedGroup.MINORITY.value},
    SurveyGroup.MIGRANT.value: {"group": CountedGroup.MIGRANT.value},
}  # by the codes that groups have in surveys too
SAID = ""  # whoever said anything of themselves


@dataclass(frozen=True)
class About:
    """All of it is free; "" and none say nothing."""

    sex: str = ""
    age: str = ""
    groups: Collection[str] = ()

    @property
    def names(self) -> list[str]:
        """Where the person counts; nowhere, if they said nothing."""
        said = {("sex", self.sex), ("age", self.age), *(("group", group) for group in self.groups)}
        if not (self.sex or self.age or self.groups):
            return []
        return [SAID, *(name for name, wanted in GROUPS.items() if set(wanted.items()) <= said)]


def add_told(meeting: Meeting, step: ToldStep, about: About, *, is_content: bool = False) -> bool:
    """One person more, in the caller's transaction; answers whether they said anything."""
    for name in about.names:
        row, _made = GroupCount.objects.get_or_create(meeting=meeting, step=step, group=name)
        changes: dict[str, Any] = {"people": F("people") + 1, "content": F("content") + int(is_content)}
        GroupCount.objects.filter(pk=row.pk).update(**changes)
    return bool(about.names)
