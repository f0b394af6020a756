"""Signing up for a shift, waiting for a seat, leaving. Every function locks the person first and the shift second."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from volunteers.models import Placement, Shift, ShiftSignup
from volunteers.services.locks import lock_person_and_shift
from volunteers.services.machine import NotReadyError
from volunteers.services.shift_conditions import say_clash
from volunteers.services.shifts.waiting import call_waiting
from volunteers.services.states import SIGNUP

VERBS = ("sign_up", "join_waiting", "confirm", "pass_on", "leave", "stop_waiting")


def change_signup(shift: Shift, verb: str, *, by: User) -> ShiftSignup:
    """One of `VERBS`. Raises `NotReadyError`, `WrongStateError`, `ShiftFullError`, `PermissionDenied`.

    Whoever waits goes first: a seat that is free is offered to them before somebody new may take it.
    """
    if verb not in VERBS:
        raise PermissionDenied
    if verb == "sign_up":
        call_waiting(shift.pk)
    try:
        with transaction.atomic():
            return _change(shift.pk, verb, by)
    except IntegrityError as error:  # two taps that passed the conditions at one moment
        raise NotReadyError(say_clash()) from error


def _change(shift_pk: int, verb: str, by: User) -> ShiftSignup:
    shift = lock_person_and_shift(by.pk, shift_pk)
    signup = _find_signup(shift, by)
    signup.shift = shift
    SIGNUP.move(verb, signup, by=by)
    return signup


def _find_signup(shift: Shift, person: User) -> ShiftSignup:
    """The one row of this person and shift; made on the first tap, as "not coming"."""
    found = ShiftSignup.objects.with_rows().filter(shift=shift, person=person).first()
    if found is not None:
        return found
    rows = Placement.objects.of(person).filter(application__request=shift.request_id)
    placement = rows.select_related("application__request__office", "application__applicant", "agreement")
    chosen = placement.order_by("-agreed_at", "-pk").first()
    if chosen is None:
        raise PermissionDenied
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at}
    return ShiftSignup.objects.create(shift=shift, person=person, placement=chosen, **times)
