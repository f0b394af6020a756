"""What a change of a sign-up waits for. Each condition answers "" or a sentence for the person."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rules import may_volunteer
from volunteers.enums import PlacementStatus
from volunteers.models import Shift, ShiftSignup
from volunteers.models.serving import HOLDS_TIME
from volunteers.services.agreements import say_missing

SERVES = (PlacementStatus.AGREED, PlacementStatus.ACTIVE)
DAY_BEGINS, DAY_ENDS = time(6), time(18)  # between these hours people under 18 may help


def shift_is_ahead(signup: ShiftSignup) -> str:
    if signup.shift.cancelled_at is not None:
        return _("The office called this shift off.")
    return "" if signup.shift.is_ahead else _("This shift has begun already.")


def place_serves(signup: ShiftSignup) -> str:
    """The place is not paused or over, everybody confirmed the agreement, and the person may volunteer today."""
    placement = signup.placement
    if placement.status not in SERVES:
        return _("Your place is paused or over, so you cannot take shifts now.")
    if not may_volunteer(placement.application.applicant):
        return _("From 15 to 17 a guardian's consent is needed.")
    return say_missing(placement)


def minors_help_by_day(signup: ShiftSignup) -> str:
    """A shift made for adults may lie in the evening; the person's age today decides."""
    if not signup.placement.application.applicant.is_minor or is_by_day(signup.starts_at, signup.ends_at):
        return ""
    return _("People under 18 help between 6:00 and 18:00 only. Choose another shift.")


def is_by_day(starts_at: datetime, ends_at: datetime) -> bool:
    """Whether people under 18 may help then, by the clock of Phnom Penh."""
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return begins.date() == ends.date() and begins.time() >= DAY_BEGINS and ends.time() <= DAY_ENDS


def time_is_free(signup: ShiftSignup) -> str:
    """Also held by the database, for two taps at the same moment."""
    others = ShiftSignup.objects.filter(person=signup.person_id, status__in=HOLDS_TIME).exclude(pk=signup.pk)
    if others.filter(starts_at__lt=signup.ends_at, ends_at__gt=signup.starts_at).exists():
        return say_clash()
    return ""


def say_clash() -> str:
    return _("You have another shift at this time. Leave that one first.")


def shift_is_full(signup: ShiftSignup) -> str:
    """Read anew: whoever could sign up need not wait."""
    free = Shift.objects.with_free_seats().filter(pk=signup.shift_id).exists()
    return _("There is a free seat: sign up for it.") if free else ""


def call_stands(signup: ShiftSignup) -> str:
    return _("The time to confirm has passed.") if signup.is_overdue else ""
