"""The attendance at a shift: came, excused, did not come, not recorded; and the appeal against "did not come".

These changes belong to the machine of sign-ups. Hours follow the attendance: whoever came claims them without a form.
"""

from datetime import datetime
from typing import Any

from accounts.models import User
from volunteers.enums import Appeal, Arrival
from volunteers.enums import SignupStatus as S
from volunteers.models import Shift, ShiftSignup
from volunteers.models.serving import HOLDS_SEAT
from volunteers.services.machine import Change, Tell
from volunteers.services.notices import attendance as news
from volunteers.services.serving import attendance_conditions as need
from volunteers.services.serving.audiences import to_roll_keepers, to_settlers, to_volunteer
from volunteers.services.serving.shift_hours import claim_shift_hours, void_shift_hours
from volunteers.services.states.shared import APPLICANT, JUDGE, KEEPERS, OFFICE

MARK = (need.shift_stands, need.shift_began, need.no_appeal_waits, need.nothing_is_decided, need.time_is_free)
ABSENT = (*MARK, need.hours_are_open)


def arrived(signup: ShiftSignup, now: datetime) -> dict[str, Any]:
    """Read from the code; the check-in set the row's own fields."""
    names = ("arrival", "arrived_at", "received_at", "check_in_id")
    return {name: getattr(signup, name) for name in names}


def noted(signup: ShiftSignup, now: datetime) -> dict[str, Any]:
    """What the code said stays; else it is the office's word."""
    own = signup.arrival if signup.arrival in need.BY_THEMSELVES else Arrival.OFFICE
    return {"arrival": own, "arrived_at": signup.arrived_at or now}


def nobody_said(signup: ShiftSignup, now: datetime) -> dict[str, Any]:
    return {"arrival": "", "arrived_at": None}


def with_office(signup: ShiftSignup, now: datetime) -> dict[str, Any]:
    return {"appeal": Appeal.OFFICE}


def with_staff(signup: ShiftSignup, now: datetime) -> dict[str, Any]:
    return {"appeal": Appeal.STAFF}


def decided(signup: ShiftSignup, now: datetime) -> dict[str, Any]:
    return {"appeal": Appeal.DECIDED}


def decided_came(signup: ShiftSignup, now: datetime) -> dict[str, Any]:
    return {**decided(signup, now), **noted(signup, now)}


def count_seats(signup: ShiftSignup, by: User | None) -> None:
    """An excused person holds no seat."""
    held = ShiftSignup.objects.filter(shift=signup.shift_id, status__in=HOLDS_SEAT).count()
    Shift.objects.filter(pk=signup.shift_id).update(seats_filled=held)


ATTENDANCE = (
    Change(
        "check_in",
        (S.SIGNED_UP, S.CALLED, S.NOT_TRACKED),
        S.ATTENDED,
        APPLICANT,
        needs=(need.shift_stands, need.time_is_free),
        stamps=arrived,
        effects=(claim_shift_hours,),
        silence="The office sees it on the roll in front of it.",
    ),
    Change(
        "note_came",
        (S.SIGNED_UP, S.CALLED, S.EXCUSED, S.NO_SHOW, S.NOT_TRACKED),
        S.ATTENDED,
        KEEPERS,
        needs=(*MARK, need.shift_has_room),
        stamps=noted,
        effects=(count_seats, claim_shift_hours),
        tells=(Tell(to_volunteer, news.SHIFT_CAME),),
    ),
    Change(
        "note_excused",
        (S.SIGNED_UP, S.CALLED, S.ATTENDED, S.NO_SHOW, S.NOT_TRACKED),
        S.EXCUSED,
        KEEPERS,
        needs=ABSENT,
        effects=(count_seats, void_shift_hours),
        tells=(Tell(to_volunteer, news.SHIFT_EXCUSED),),
    ),
    Change(
        "note_absent",
        (S.SIGNED_UP, S.CALLED, S.ATTENDED, S.EXCUSED, S.NOT_TRACKED),
        S.NO_SHOW,
        KEEPERS,
        needs=(*ABSENT, need.shift_has_room),
        effects=(count_seats, void_shift_hours),
        tells=(Tell(to_volunteer, news.SHIFT_ABSENT),),
    ),
    Change(
        "unmark",
        (S.ATTENDED, S.EXCUSED, S.NO_SHOW),
        S.SIGNED_UP,
        KEEPERS,
        needs=(
            *ABSENT,
            need.was_marked_lately,
            need.was_marked_by_office,
            need.shift_has_room,
        ),
        stamps=nobody_said,
        effects=(count_seats, void_shift_hours),
        tells=(Tell(to_volunteer, news.SHIFT_UNMARKED),),
    ),
    Change(
        "lose_track",
        (S.SIGNED_UP,),
        S.NOT_TRACKED,
        tells=(Tell(to_volunteer, news.SHIFT_NOT_TRACKED),),
    ),
    # The appeal: once, to the office; what the office upholds goes to the programme, which belongs to neither side.
    Change(
        "appeal",
        (S.NO_SHOW,),
        S.NO_SHOW,
        APPLICANT,
        needs=(need.appeal_is_first, need.appeal_is_in_time),
        stamps=with_office,
        asks_note=True,
        tells=(Tell(to_roll_keepers, news.APPEAL_MADE),),
    ),
    Change(
        "believe",
        (S.NO_SHOW,),
        S.ATTENDED,
        OFFICE,
        needs=(need.office_has_appeal, need.time_is_free),
        stamps=decided_came,
        effects=(claim_shift_hours,),
        tells=(Tell(to_volunteer, news.APPEAL_GRANTED),),
    ),
    Change(
        "forgive",
        (S.NO_SHOW,),
        S.EXCUSED,
        OFFICE,
        needs=(need.office_has_appeal,),
        stamps=decided,
        effects=(count_seats,),
        tells=(Tell(to_volunteer, news.APPEAL_GRANTED),),
    ),
    Change(
        "uphold",
        (S.NO_SHOW,),
        S.NO_SHOW,
        OFFICE,
        needs=(need.office_has_appeal,),
        stamps=with_staff,
        asks_note=True,
        tells=(Tell(to_settlers, news.APPEAL_TO_STAFF), Tell(to_volunteer, news.APPEAL_PASSED_ON)),
    ),
    Change(
        "hand_over",
        (S.NO_SHOW,),
        S.NO_SHOW,
        needs=(need.office_has_appeal,),
        stamps=with_staff,
        tells=(Tell(to_settlers, news.APPEAL_TO_STAFF), Tell(to_volunteer, news.APPEAL_PASSED_ON)),
    ),
    Change(
        "rule_came",
        (S.NO_SHOW,),
        S.ATTENDED,
        JUDGE,
        needs=(need.staff_have_appeal, need.time_is_free),
        stamps=decided_came,
        effects=(claim_shift_hours,),
        asks_note=True,
        tells=(Tell(to_volunteer, news.APPEAL_GRANTED), Tell(to_roll_keepers, news.APPEAL_RULED)),
    ),
    Change(
        "rule_excused",
        (S.NO_SHOW,),
        S.EXCUSED,
        JUDGE,
        needs=(need.staff_have_appeal,),
        stamps=decided,
        effects=(count_seats,),
        asks_note=True,
        tells=(Tell(to_volunteer, news.APPEAL_GRANTED), Tell(to_roll_keepers, news.APPEAL_RULED)),
    ),
    Change(
        "rule_absent",
        (S.NO_SHOW,),
        S.NO_SHOW,
        JUDGE,
        needs=(need.staff_have_appeal,),
        stamps=decided,
        asks_note=True,
        tells=(Tell(to_volunteer, news.APPEAL_REFUSED), Tell(to_roll_keepers, news.APPEAL_RULED)),
    ),
)
