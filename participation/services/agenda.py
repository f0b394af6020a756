"""Keeping an agenda, and what was put under its points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db.models import QuerySet

from participation.models import AgendaItem, Meeting

ITS_OWN = 0  # instead of the number of a point: a point of its own


@dataclass(frozen=True)
class AgendaPoint:
    """A line of the agenda as typed."""

    title_km: str
    title_en: str = ""
    starts_at: time | None = None


def list_points(meeting: Meeting) -> list[AgendaPoint]:
    """As they are kept. One query."""
    return [AgendaPoint(point.title_km, point.title_en, point.starts_at) for point in meeting.agenda.all()]


def keep_agenda(meeting: Meeting, agenda: Sequence[AgendaPoint]) -> None:
    """As a whole; what lies under its points goes along. The caller holds the meeting's lock."""
    before = list_points(meeting)
    if before == list(agenda):
        return
    meeting.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=number, **vars(point)) for number, point in enumerate(agenda, 1)
    )
    _move_along(meeting, [point.title_km for point in before], [point.title_km for point in agenda])


def _move_along(meeting: Meeting, before: Sequence[str], after: Sequence[str]) -> None:
    places = {number: _find_place(number, title, before, after) for number, title in enumerate(before, 1)}
    _move(meeting.inputs.filter(under__gt=ITS_OWN), places)
    _move(meeting.choice_questions.filter(under__gt=ITS_OWN), places)


def _find_place(number: int, title: str, before: Sequence[str], after: Sequence[str]) -> int:
    """The point of the same title, else the one that took its place, else a point of its own."""
    if title in after:
        return after.index(title) + 1
    is_renamed = number <= len(after) and after[number - 1] not in before
    return number if is_renamed else ITS_OWN


def _move(rows: QuerySet[Any], places: Mapping[int, int]) -> None:
    found = list(rows.values_list("pk", "under"))
    for place in set(places.values()):
        moved = [pk for pk, under in found if places.get(under, ITS_OWN) == place != under]
        rows.model._default_manager.filter(pk__in=moved).update(under=place)
