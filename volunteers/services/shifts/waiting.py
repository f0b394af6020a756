"""A free seat of a shift goes to the first who waits. Each is called in a transaction of its own, person first."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from volunteers.enums import Clock
from volunteers.models import Shift, ShiftSignup
from volunteers.services.locks import lock_person_and_shift
from volunteers.services.machine import NotReadyError, WrongStateError, move

TIME_TO_CONFIRM = timedelta(hours=24)
LAST_CALL = timedelta(hours=6)  # before the start; later the seat is open to whoever comes first


class ShiftFullError(Exception):
    """Somebody else took the last seat of the shift first."""


# Whoever cannot be called (their time is taken, their place rests) is passed over.
PASSED_OVER = (NotReadyError, WrongStateError, ShiftFullError, IntegrityError)


def find_call_end(shift: Shift, now: datetime) -> datetime:
    """Until when a call made now may be confirmed; a moment that is past means that nobody is called any more."""
    return min(now + TIME_TO_CONFIRM, shift.starts_at - LAST_CALL)


def call_waiting(shift_pk: int) -> int:
    """Call as many of the waiting as there are free seats; answers how many."""
    shift = Shift.objects.ahead().filter(pk=shift_pk).first()
    if shift is None or find_call_end(shift, timezone.now()) <= timezone.now():
        return 0
    called = 0
    for signup in list(ShiftSignup.objects.waiting().filter(shift=shift)):
        if not Shift.objects.with_free_seats().filter(pk=shift_pk).exists():
            break
        called += _call(signup)
    return called


def keep_calls() -> int:
    """For the clocks: calls that nobody confirmed lapse, and the next are called. Answers how many lapsed."""
    lapsed = sum(lapse_if_overdue(signup) for signup in ShiftSignup.objects.overdue().with_rows())
    for pk in list(Shift.objects.with_free_seats().with_waiting().values_list("pk", flat=True)):
        call_waiting(pk)
    return lapsed


def keep_calls_of(request_pk: int) -> None:
    """The same on reading, for the shifts of one request; writes only when a time is over."""
    for signup in ShiftSignup.objects.overdue().filter(shift__request=request_pk).with_rows():
        lapse_if_overdue(signup)


def lapse_if_overdue(signup: ShiftSignup) -> bool:
    """Whether the call lapsed now; False where somebody else was faster."""
    if not signup.is_overdue:
        return False
    try:
        with transaction.atomic():
            lock_person_and_shift(signup.person_id, signup.shift_id)
            move(signup, "miss_call", by=None, reason=Clock.CALL)
    except WrongStateError:
        return False
    return True


def _call(signup: ShiftSignup) -> bool:
    try:
        with transaction.atomic():
            lock_person_and_shift(signup.person_id, signup.shift_id)
            row = ShiftSignup.objects.with_rows().get(pk=signup.pk)
            move(row, "call", by=None)
    except PASSED_OVER:
        return False
    return True
