"""Signing up for a shift, waiting for a seat, leaving. Every function locks the person first and the shift second."""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from volunteers.enums import SignupVerb
from volunteers.models import Placement, Shift, ShiftSignup, ShiftTap
from volunteers.services.locks import lock_person_and_shift
from volunteers.services.machine import NotReadyError
from volunteers.services.shift_conditions import say_clash
from volunteers.services.shifts.waiting import call_waiting
from volunteers.services.states import SIGNUP


def change_signup(
    shift: Shift, verb: str, *, by: User, client_id: uuid.UUID | None = None, happened_at: datetime | None = None
) -> ShiftSignup:
    """One of `SignupVerb`. Raises `NotReadyError`, `WrongStateError`, `ShiftFullError`, `PermissionDenied`.

    Whoever waits goes first: a seat that is free is offered to them before somebody new may take it. A `client_id` that
    came before changes nothing, whatever happened since.
    """
    if verb not in SignupVerb.values:
        raise PermissionDenied
    if verb == SignupVerb.SIGN_UP:
        call_waiting(shift.pk)
    try:
        with transaction.atomic():
            return _change(shift.pk, verb, by, client_id, happened_at)
    except IntegrityError as error:  # two taps that passed the conditions at one moment
        raise NotReadyError(say_clash()) from error


def _change(
    shift_pk: int, verb: str, by: User, client_id: uuid.UUID | None, happened_at: datetime | None
) -> ShiftSignup:
    shift = lock_person_and_shift(by.pk, shift_pk)
    signup = _find_signup(shift, by)
    signup.shift = shift
    if client_id is not None:
        tap = ShiftTap.objects.filter(client_id=client_id).first()
        if tap is not None:
            return _check_own(tap, signup)
        ShiftTap.objects.create(
            client_id=client_id, signup=signup, verb=verb, happened_at=happened_at or timezone.now()
        )
    SIGNUP.move(verb, signup, by=by)
    return signup


def _check_own(tap: ShiftTap, signup: ShiftSignup) -> ShiftSignup:
    """An id names one answer of one person to one shift."""
    if tap.signup_id != signup.pk:
        raise PermissionDenied
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
