"""From attendance to hours in one tap: when somebody went home, and the time of a shift that nobody recorded."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import HoursStatus, SignupStatus
from volunteers.models import HoursEntry, ShiftSignup
from volunteers.services.machine import NotReadyError
from volunteers.services.serving.attendance_conditions import find_entry
from volunteers.services.serving.check_in import lock_signup
from volunteers.services.serving.conditions import find_room
from volunteers.services.serving.shift_hours import count_minutes
from volunteers.services.states import HOURS

CLAIMABLE = (SignupStatus.SIGNED_UP, SignupStatus.NOT_TRACKED)


@transaction.atomic
def check_out(signup: ShiftSignup, *, by: User) -> ShiftSignup:
    """The person goes now, before the shift ends: the open claim becomes as long as they were there. Once.

    Raises `NotReadyError`, also once the office has answered the claim.
    """
    row = lock_signup(by, signup.shift)
    if row.left_at is not None:
        return row
    now = timezone.now()
    if row.status != SignupStatus.ATTENDED or not row.starts_at <= now:
        raise NotReadyError(_("Check in first."))
    if now >= row.ends_at:
        raise NotReadyError(_("The shift is over. If you went earlier or later, change the hours."))
    entry = find_entry(row)
    if entry is not None and entry.status != HoursStatus.CLAIMED:
        raise NotReadyError(_("The office has answered these hours already."))
    row.left_at = now
    row.save(update_fields=["left_at"])
    if entry is not None:
        entry.minutes = max(1, min(count_minutes(row), find_room(entry)))
        HOURS.move("claim", entry, by=by)
    return row


@transaction.atomic
def claim_shift(signup: ShiftSignup, *, by: User) -> HoursEntry:
    """The time of a shift that is over and that the office did not record. The second tap finds the first claim.

    Raises `NotReadyError`.
    """
    row = lock_signup(by, signup.shift)
    entry = find_entry(row)
    if entry is not None:
        return entry
    if row.status not in CLAIMABLE or row.ends_at > timezone.now() or row.shift.cancelled_at is not None:
        raise NotReadyError(_("Hours of this shift cannot be claimed here."))
    entry = HoursEntry(
        signup=row,
        placement=row.placement,
        day_date=timezone.localdate(row.starts_at),
        client_id=uuid.uuid4(),
        happened_at=timezone.now(),
    )
    entry.minutes = min(count_minutes(row), find_room(entry))
    if entry.minutes < 1:
        raise NotReadyError(_("This day has 12 hours of work already."))
    entry.save()
    HOURS.move("claim", entry, by=by)
    return entry
