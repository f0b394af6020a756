"""What a change of the attendance waits for. Each condition answers "" or a sentence for the person."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from volunteers.enums import Appeal, Arrival, HoursStatus, SignupStatus
from volunteers.models import HoursEntry, Shift, ShiftSignup
from volunteers.models.serving import HOLDS_SEAT, HOLDS_TIME
from volunteers.services import shift_conditions

UNDO = timedelta(hours=24)
APPEAL_DAYS = 14
BY_THEMSELVES = (Arrival.CODE, Arrival.LATE)
ONLY_SAID = (Arrival.UNSURE, Arrival.UNPROVED)  # the person's word, which the office confirms


def shift_stands(signup: ShiftSignup) -> str:
    return _("The office called this shift off.") if signup.shift.cancelled_at else ""


def shift_began(signup: ShiftSignup) -> str:
    return "" if signup.starts_at <= timezone.now() else _("This shift has not begun yet.")


def shift_has_room(signup: ShiftSignup) -> str:
    """Somebody else may have taken the seat since."""
    if signup.status in HOLDS_SEAT:
        return ""
    shift = Shift.objects.get(pk=signup.shift_id)
    return "" if shift.seats_filled < shift.seats else _("Somebody else has this seat by now.")


def time_is_free(signup: ShiftSignup) -> str:
    return "" if signup.status in HOLDS_TIME else shift_conditions.time_is_free(signup)


def hours_are_open(signup: ShiftSignup) -> str:
    """Hours that were confirmed or are disputed keep the attendance they came from."""
    entry = find_entry(signup)
    if entry is None or entry.status == HoursStatus.CLAIMED or not entry.counted_minutes:
        return ""
    return _("The hours of this shift were answered already. Correct the hours first.")


def find_entry(signup: ShiftSignup) -> HoursEntry | None:
    """The hours that came from this shift."""
    return HoursEntry.objects.filter(signup=signup.pk).with_work().first()


def nothing_is_decided(signup: ShiftSignup) -> str:
    return _("An appeal about this shift was decided. That stands.") if signup.appeal == Appeal.DECIDED else ""


def no_appeal_waits(signup: ShiftSignup) -> str:
    waits = signup.appeal in (Appeal.OFFICE, Appeal.STAFF)
    return _("The volunteer appealed. Answer the appeal instead.") if waits else ""


def was_marked_lately(signup: ShiftSignup) -> str:
    if signup.updated_at > timezone.now() - UNDO:
        return ""
    return _("A day has passed: please choose what is right instead.")


def was_marked_by_office(signup: ShiftSignup) -> str:
    if signup.status == SignupStatus.ATTENDED and signup.arrival in BY_THEMSELVES:
        return _("This person came by the code. Choose what is right instead.")
    return ""


def appeal_is_first(signup: ShiftSignup) -> str:
    return _("You have appealed already.") if signup.appeal else ""


def appeal_is_in_time(signup: ShiftSignup) -> str:
    if signup.updated_at > timezone.now() - timedelta(days=APPEAL_DAYS):
        return ""
    return _("The 14 days for an appeal have passed.")


def office_has_appeal(signup: ShiftSignup) -> str:
    return "" if signup.appeal == Appeal.OFFICE else _("There is no appeal for the office to answer.")


def staff_have_appeal(signup: ShiftSignup) -> str:
    return "" if signup.appeal == Appeal.STAFF else _("There is no appeal for the programme to decide.")
