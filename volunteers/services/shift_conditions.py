"""What a change of a sign-up waits for. Each condition answers "" or a sentence for the person."""

from django.utils.translation import gettext as _

from accounts.rules import may_volunteer
from volunteers.enums import PlacementStatus
from volunteers.models import Shift, ShiftSignup
from volunteers.models.serving import HOLDS_TIME
from volunteers.services.agreements import say_missing

SERVES = (PlacementStatus.AGREED, PlacementStatus.ACTIVE)


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
