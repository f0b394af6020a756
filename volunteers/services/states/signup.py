"""A person's place in a shift: coming, waiting, called, not coming; then the attendance.

The counter of seats never overflows.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import SignupStatus as S
from volunteers.models import Shift, ShiftSignup
from volunteers.models.serving import HOLDS_SEAT
from volunteers.services import shift_conditions as need
from volunteers.services.announcing import announce_task
from volunteers.services.audiences import to_applicant, to_office
from volunteers.services.machine import Change, Machine, Tell
from volunteers.services.notices import shifts as news
from volunteers.services.shifts.waiting import ShiftFullError, call_waiting, find_call_end
from volunteers.services.states.attendance import ATTENDANCE
from volunteers.services.states.shared import APPLICANT

ON_THE_ROLL = "The office reads it on the shift's roll, and nobody waits for it."
ITS_OWN_PLACE = "The person hears it by the change of their own place."


def queue_clock(signup: ShiftSignup, now: datetime) -> dict[str, Any]:
    return {"queued_at": now}


def call_clock(signup: ShiftSignup, now: datetime) -> dict[str, Any]:
    return {"call_expires_at": find_call_end(signup.shift, now)}


def take_shift_seat(signup: ShiftSignup, by: User | None) -> None:
    """One conditional update: the database itself refuses the seat that is not there."""
    free = Shift.objects.filter(pk=signup.shift_id, seats_filled__lt=F("seats"), cancelled_at=None)
    if not free.update(seats_filled=F("seats_filled") + 1):
        raise ShiftFullError(_("The last seat was taken a moment ago. You can join the waiting list."))


def free_shift_seat(signup: ShiftSignup, by: User | None) -> None:
    """Counted anew under the shift's lock: who only waited frees nothing. Then the first who waits is called."""
    held = ShiftSignup.objects.filter(shift=signup.shift_id, status__in=HOLDS_SEAT).count()
    Shift.objects.filter(pk=signup.shift_id).update(seats_filled=held)
    # After the commit, as it locks another person. Robust: what fails here is found by the clocks.
    transaction.on_commit(partial(call_waiting, signup.shift_id), robust=True)


SIGNUP = Machine(
    "signup",
    S,
    (
        Change(
            "sign_up",
            (S.CANCELLED, S.WAITING),
            S.SIGNED_UP,
            APPLICANT,
            needs=(need.shift_is_ahead, need.place_serves, need.minors_help_by_day, need.time_is_free),
            effects=(take_shift_seat,),
            silence=ON_THE_ROLL,
        ),
        Change(
            "join_waiting",
            (S.CANCELLED,),
            S.WAITING,
            APPLICANT,
            needs=(need.shift_is_ahead, need.place_serves, need.minors_help_by_day, need.shift_is_full),
            stamps=queue_clock,
            silence=ON_THE_ROLL,
        ),
        Change(
            "call",
            (S.WAITING,),
            S.CALLED,
            needs=(need.shift_is_ahead, need.place_serves, need.minors_help_by_day, need.time_is_free),
            stamps=call_clock,
            effects=(take_shift_seat,),
            tells=(Tell(to_applicant, news.SEAT_FREE),),
        ),
        Change(
            "confirm",
            (S.CALLED,),
            S.SIGNED_UP,
            APPLICANT,
            needs=(need.shift_is_ahead, need.place_serves, need.minors_help_by_day, need.call_stands),
            silence=ON_THE_ROLL,
        ),
        Change("pass_on", (S.CALLED,), S.CANCELLED, APPLICANT, effects=(free_shift_seat,), silence=ON_THE_ROLL),
        Change(
            "miss_call",
            (S.CALLED,),
            S.CANCELLED,
            effects=(free_shift_seat,),
            tells=(Tell(to_applicant, news.CALL_LAPSED),),
        ),
        Change(
            "leave",
            (S.SIGNED_UP,),
            S.CANCELLED,
            APPLICANT,
            needs=(need.shift_is_ahead,),
            effects=(free_shift_seat,),
            tells=(Tell(to_office, news.SHIFT_LEFT),),
        ),
        Change("stop_waiting", (S.WAITING,), S.CANCELLED, APPLICANT, silence=ON_THE_ROLL),
        # Not the person's decision: the shift is called off, its new time overlaps, the place rests.
        Change(
            "call_off",
            (S.SIGNED_UP, S.WAITING, S.CALLED),
            S.CANCELLED,
            tells=(Tell(to_applicant, news.SHIFT_CALLED_OFF),),
        ),
        Change(
            "take_off",
            (S.SIGNED_UP, S.WAITING, S.CALLED),
            S.CANCELLED,
            effects=(free_shift_seat,),
            tells=(Tell(to_applicant, news.SHIFT_CLASHES),),
        ),
        Change(
            "spare",
            (S.SIGNED_UP, S.WAITING, S.CALLED),
            S.CANCELLED,
            effects=(free_shift_seat,),
            tells=(Tell(to_applicant, news.SHIFT_BY_NIGHT),),
        ),
        Change(
            "release",
            (S.SIGNED_UP, S.WAITING, S.CALLED),
            S.CANCELLED,
            effects=(free_shift_seat,),
            silence=ITS_OWN_PLACE,
        ),
        *ATTENDANCE,
    ),
    announce=announce_task.enqueue,
)
