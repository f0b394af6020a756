"""Hours follow the attendance: whoever came to a shift has claimed its time, without another form."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from volunteers.enums import Arrival, Clock, HoursStatus
from volunteers.models import HoursEntry, ShiftSignup
from volunteers.rules import is_applicant
from volunteers.services.machine import NotReadyError, move
from volunteers.services.serving.attendance_conditions import find_entry
from volunteers.services.serving.conditions import find_room

ROUNDED = timedelta(minutes=5)


def claim_shift_hours(signup: ShiftSignup, by: User | None) -> None:
    """The shift's time, as far as the day's 12 hours have room. No claim is no obstacle to having come."""
    entry = find_entry(signup) or HoursEntry(
        signup=signup,
        placement=signup.placement,
        day_date=timezone.localdate(signup.starts_at),
        client_id=uuid.uuid4(),
        happened_at=signup.arrived_at or timezone.now(),
    )
    wanted = count_minutes(signup)
    minutes = min(wanted, find_room(entry))
    if minutes < 1:
        return
    if entry.pk is None:
        entry.minutes = minutes
        _claim(entry, by)
    elif entry.status == HoursStatus.SETTLED and not entry.settled_minutes:
        entry.minutes = minutes
        move(entry, "revive", by=None, reason=Clock.ATTENDANCE)


def void_shift_hours(signup: ShiftSignup, by: User | None) -> None:
    """Who did not come has claimed nothing; the row stays with 0 minutes."""
    entry = find_entry(signup)
    if entry is not None and entry.status == HoursStatus.CLAIMED:
        move(entry, "void", by=None, reason=Clock.ATTENDANCE)


def count_minutes(signup: ShiftSignup) -> int:
    """The shift's length, in steps of 5 minutes; of who came late by the code or went early, the time between."""
    begins, ends = signup.starts_at, signup.left_at or signup.ends_at
    if signup.arrival == Arrival.LATE and signup.arrived_at:
        begins = max(begins, signup.arrived_at)
    steps = max(1, (ends - begins) // ROUNDED)
    return int(steps * ROUNDED.total_seconds() // 60)


def _claim(entry: HoursEntry, by: User | None) -> None:
    """A day outside the place's dates takes no hours, but who came has come."""
    try:
        with transaction.atomic():
            entry.save()
            move(entry, "claim" if by and is_applicant(by, entry) else "note", by=by)
    except NotReadyError:
        return
