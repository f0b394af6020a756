"""What comes next at an office's door: talks with applicants, and shifts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, IntegerField, Value
from django.utils import timezone

from accounts.models import User
from volunteers.models import Application, Interview, Shift, VolunteerRequest
from volunteers.querysets import list_office_ids
from volunteers.services.serving.codes import OPENS

SHOWN = 3


@dataclass(frozen=True)
class Meeting:
    """A shift, or a talk with an applicant, whose application `public_id` names then."""

    public_id: UUID
    starts_at: datetime
    request: VolunteerRequest  # its titles alone
    code_name: str = ""
    shows_code: bool = False  # people check in at the shift now

    @property
    def is_talk(self) -> bool:
        return bool(self.code_name)


def list_meetings(user: User | AnonymousUser) -> list[Meeting]:
    """The next few of all offices the person acts for; a shift that runs now among them. One query."""
    now, offices = timezone.now(), list_office_ids(user)
    talks = Interview.objects.live().filter(application__request__office__in=offices, starts_at__gt=now)
    shifts = Shift.objects.to_come().filter(request__office__in=offices, cancelled_at=None, seats_filled__gt=0)
    shared = _read(talks, "application__", F("application__code_number")).union(
        _read(shifts, "", Value(None, IntegerField())), all=True
    )
    return [_describe(*row) for row in shared.order_by("begins_at")[:SHOWN]]


def _read(rows: Any, path: str, code: Any) -> Any:
    """The columns that talks and shifts have in common."""
    columns = {
        "named_id": F(f"{path}public_id"),
        "begins_at": F("starts_at"),
        "number": code,
        "work_km": F(f"{path}request__title_km"),
        "work_en": F(f"{path}request__title_en"),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _describe(public_id: UUID, starts_at: datetime, number: int | None, title_km: str, title_en: str) -> Meeting:
    request = VolunteerRequest(title_km=title_km, title_en=title_en)
    if number is not None:
        return Meeting(public_id, starts_at, request, code_name=Application(code_number=number).code_name)
    return Meeting(public_id, starts_at, request, shows_code=starts_at - OPENS <= timezone.now())
