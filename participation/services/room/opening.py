"""Opening and closing a meeting's live room."""

import secrets
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from participation.enums import MeetingStatus, RoomPart
from participation.errors import RefusedError
from participation.models import LiveRoom, Meeting
from participation.models.room import CODE_LENGTH, LATE
from participation.services.room.hands import lower_hands
from participation.services.room.ledger import Ledger, writing_in
from participation.services.room.moderating import check_moderator

EARLY = timedelta(days=1)  # before the meeting: questions may come in from home
TRIES = 20


def open_room(meeting: Meeting, *, by: User, takes_guests: bool) -> LiveRoom:
    """Open it, or open it again, under a fresh code. Raises `PermissionDenied`, `RefusedError` on another day."""
    check_moderator(meeting, by)
    now = timezone.now()
    if meeting.status != MeetingStatus.ANNOUNCED or not meeting.starts_at - EARLY <= now <= meeting.ends_at + LATE:
        raise RefusedError(_("The room can be opened from the day before an announced meeting until its evening."))
    room, _made = LiveRoom.objects.get_or_create(meeting=meeting, defaults={"code": _make_code()})
    with writing_in(room) as ledger:
        room = ledger.room
        room.code, room.closed_at, room.takes_guests = room.code or _make_code(), None, takes_guests
        room.opened_at = now
        ledger.note_part(RoomPart.STATE)
    return room


def close_room(room: LiveRoom, *, by: User) -> LiveRoom:
    """Nobody asks or supports any more; everything stays to be read. Raises `PermissionDenied`."""
    check_moderator(room.meeting, by)
    with writing_in(room) as ledger:
        room = ledger.room
        if room.is_open:
            _close(ledger)
    return room


def close_past_rooms() -> int:
    """Those that nobody closed, of meetings long over or called off; answers how many."""
    past = Q(meeting__ends_at__lt=timezone.now() - LATE) | ~Q(meeting__status=MeetingStatus.ANNOUNCED)
    return sum(_close_past(room) for room in LiveRoom.objects.exclude(code="").filter(past).order_by("pk"))


def _close_past(room: LiveRoom) -> bool:
    with writing_in(room) as ledger:
        is_past = ledger.room.is_open and not ledger.room.takes_words
        if is_past:
            _close(ledger)
    return is_past


def _close(ledger: Ledger) -> None:
    room = ledger.room
    lower_hands(ledger)
    room.closed_at, room.code, room.on_screen = timezone.now(), "", None
    ledger.note_part(RoomPart.STATE)
    ledger.note_part(RoomPart.SCREEN)


def find_room_of(code: str) -> LiveRoom | None:
    """The open room that this code opens; None once its meeting is long over or called off."""
    room = LiveRoom.objects.select_related("meeting").filter(code=code).exclude(code="").first()
    return room if room is not None and room.takes_words else None


def _make_code() -> str:
    """Six digits that no open room has."""
    for _turn in range(TRIES):
        code = f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}d}"
        if not LiveRoom.objects.filter(code=code).exists():
            return code
    raise RuntimeError("no free code was found")
