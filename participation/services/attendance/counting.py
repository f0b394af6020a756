"""The sums of people who came. The caller holds the meeting's lock, or writes one row alone."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from participation import rules
from participation.enums import AgeBand, CountedBy, CountedGroup, DoorMeans, MeetingStatus, Sex
from participation.errors import RefusedError
from participation.models import DoorTap, HeadCount, Meeting
from volunteers.services.serving.codes import OPENS

Cell = tuple[str, str]  # sex and age; "" is what nobody said
CELLS: list[Cell] = [(sex, age) for age in (*AgeBand.values, "") for sex in (*Sex.values, "")]
FROM_PAPER = 0  # the step of a tap that stands for the numbers from paper: what happened before is in them
MOST_AT_ONCE = 5000  # people of one sex and age at one meeting


@dataclass(frozen=True)
class Tap:
    """One tap at the door. `happened_at` is the phone's clock; `client_id` makes a repeated sending one."""

    sex: str
    age: str
    step: int = 1
    client_id: uuid.UUID | None = None
    happened_at: datetime | None = None


def add(meeting: Meeting, by: CountedBy, people: int = 1, *, sex: str = "", age: str = "", group: str = "") -> None:
    """So many more (or fewer, never below none)."""
    row, _made = HeadCount.objects.get_or_create(meeting=meeting, counted_by=by, sex=sex, age=age, group=group)
    rows = HeadCount.objects.filter(pk=row.pk, people__gte=-people)
    rows.update(people=F("people") + people)


def lock_counted(meeting: Meeting, by: User) -> Meeting:
    """The meeting, locked. Raises `PermissionDenied` for a stranger to the office, `RefusedError` before it opens."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related("office").get(pk=meeting.pk)
    if not rules.can_organise(by, row.office):
        raise PermissionDenied
    if row.status != MeetingStatus.ANNOUNCED or timezone.now() < row.starts_at - OPENS:
        raise RefusedError(_("People are counted from one hour before the meeting on."))
    return row


@transaction.atomic
def tap(meeting: Meeting, each: Tap, *, by: User) -> None:
    """Somebody came through the door (or was counted by mistake, with a `step` of -1). Sent twice it counts once; one
    that a phone kept while the numbers came from paper is in these already.
    """
    meeting = lock_counted(meeting, by)
    client_id = each.client_id or uuid.uuid4()
    now = timezone.now()
    moment = min(each.happened_at or now, now)
    _row, is_new = DoorTap.objects.get_or_create(
        client_id=client_id,
        defaults={
            "meeting": meeting,
            "sex": each.sex,
            "age": each.age,
            "step": each.step,
            "by": by,
            "happened_at": moment,
        },
    )
    if is_new and not meeting.door_taps.filter(step=FROM_PAPER, happened_at__gte=moment).exists():
        add(meeting, CountedBy.DOOR, each.step, sex=each.sex, age=each.age)


@transaction.atomic
def set_door(
    meeting: Meeting,
    people: Mapping[Cell, int],
    groups: Mapping[CountedGroup, int],
    *,
    by: User,
    seen: int | None = None,
) -> None:
    """The numbers of the door as a whole, from paper: they replace what was tapped. The same numbers twice are once.
    Raises as `lock_counted`, and `RefusedError` where somebody counted others after `seen` (`find_latest_tap`).
    """
    meeting = lock_counted(meeting, by)
    if seen is not None and find_latest_tap(meeting) > seen:
        if _is_kept(meeting, people, groups):
            return
        raise RefusedError(_("Somebody counted at the door meanwhile. Compare with your paper, then save again."))
    DoorTap.objects.create(meeting=meeting, step=FROM_PAPER, by=by, happened_at=timezone.now())
    HeadCount.objects.filter(meeting=meeting, counted_by=CountedBy.DOOR).delete()
    rows = [HeadCount(sex=sex, age=age, people=count) for (sex, age), count in people.items() if count]
    rows += [HeadCount(group=group, people=count) for group, count in groups.items() if count]
    for row in rows:
        row.meeting, row.counted_by = meeting, CountedBy.DOOR
    HeadCount.objects.bulk_create(rows)


def _is_kept(meeting: Meeting, people: Mapping[Cell, int], groups: Mapping[CountedGroup, int]) -> bool:
    """Whether these numbers stand there already."""
    cells, others = read_door(meeting)
    return _drop_none(cells) == _drop_none(people) and _drop_none(others) == _drop_none(groups)


def _drop_none(counts: Mapping[Any, int]) -> dict[Any, int]:
    return {key: count for key, count in counts.items() if count}


def find_latest_tap(meeting: Meeting) -> int:
    """0 for none. One query."""
    return meeting.door_taps.order_by("-pk").values_list("pk", flat=True).first() or 0


def read_door(meeting: Meeting) -> tuple[dict[Cell, int], dict[str, int]]:
    """What the office counted itself: by sex and age, and by group. One query."""
    rows = HeadCount.objects.filter(meeting=meeting, counted_by=CountedBy.DOOR)
    found = list(rows.values_list("group", "sex", "age", "people"))
    cells = {(sex, age): people for group, sex, age, people in found if not group}
    return cells, {group: people for group, _sex, _age, people in found if group}


@transaction.atomic
def say_whom(meeting: Meeting, means: DoorMeans, *, by: User) -> None:
    """Whom the door's numbers count; can be said anew. Raises as `lock_counted`."""
    meeting = lock_counted(meeting, by)
    meeting.door_means = means
    meeting.save(update_fields=["door_means"])
