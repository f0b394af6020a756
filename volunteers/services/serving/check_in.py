"""Checking in by the code on the office's screen, also from a phone that had no network then."""

import logging
import uuid
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import Arrival, SignupStatus
from volunteers.models import Shift, ShiftSignup
from volunteers.services.announcing import tell_all
from volunteers.services.locks import lock_person_and_shift
from volunteers.services.machine import NotReadyError
from volunteers.services.notices import attendance as news
from volunteers.services.serving.attendance_conditions import ONLY_SAID
from volunteers.services.serving.audiences import to_roll_keepers
from volunteers.services.serving.codes import DIGITS, OPENS, clean_code, is_fresh, was_shown
from volunteers.services.states import SIGNUP

logger = logging.getLogger(__name__)
GRACE = timedelta(minutes=15)  # who comes within it is on time
LONGEST_WAY = timedelta(days=1)  # what a phone sends later than that nobody can tell from a clock set back
OLDEST = timedelta(days=30)  # a phone that was away for longer is asked to speak with the office
MOST_TRIES, TRIES_SECONDS = 8, 10 * 60  # wrong codes of one person
COMING = SIGNUP.changes["check_in"].sources


class WrongCodeError(NotReadyError):
    """No shift of this person ever showed that code."""


class TooManyTriesError(NotReadyError):
    """So many wrong codes look like guessing."""


def check_in(
    person: User, typed: str, *, happened_at: datetime | None = None, client_id: uuid.UUID | None = None
) -> ShiftSignup:
    """The person came to that of their shifts whose code this is. Twice is once.

    A code that was on the screen at that moment (`happened_at`, by our clock) makes it sure. One that the screen showed
    at another time of the shift, or that reaches us later than a day, is kept, and the office asked.
    Raises `WrongCodeError`, `TooManyTriesError`, `NotReadyError`.
    """
    sent = ShiftSignup.objects.filter(person=person, check_in_id=client_id).first() if client_id else None
    if sent is not None:
        return sent
    check_tries(person)
    moment, code = happened_at or timezone.now(), clean_code(typed)
    came_soon = timezone.now() - moment <= LONGEST_WAY
    for shift in list_shifts(person, moment) if came_soon else ():
        if is_fresh(shift, code, moment) and shift.starts_at - OPENS <= moment <= shift.ends_at:
            return arrive(person, shift, moment, client_id)
    for shift in list_shifts(person, moment):
        if was_shown(shift, code):
            return arrive_unsure(person, shift, moment, client_id)
    raise refuse(person)


def list_shifts(person: User, moment: datetime) -> list[Shift]:
    """Where the person was expected lately; the nearest first."""
    rows = ShiftSignup.objects.filter(
        person=person,
        shift__cancelled_at=None,
        starts_at__lte=timezone.now() + OPENS,
        ends_at__gte=timezone.now() - OLDEST,
    ).exclude(status__in=(SignupStatus.CANCELLED, SignupStatus.WAITING))
    shifts = [row.shift for row in rows.select_related("shift").order_by("-starts_at")]
    return sorted(shifts, key=lambda shift: abs(shift.starts_at - moment))


@transaction.atomic
def arrive(person: User, shift: Shift, moment: datetime, client_id: uuid.UUID | None) -> ShiftSignup:
    """By a code of that very moment. Where the office wrote otherwise meanwhile, it is asked."""
    signup = lock_signup(person, shift)
    if signup.status == SignupStatus.ATTENDED:
        return signup
    if signup.status not in COMING:
        return say_came(signup, moment, client_id)
    is_late = moment > shift.starts_at + GRACE
    signup.arrival = Arrival.LATE if is_late else Arrival.CODE
    signup.arrived_at, signup.received_at = moment, timezone.now()
    signup.check_in_id = _find_free_id(client_id)
    SIGNUP.move("check_in", signup, by=person)
    return signup


@transaction.atomic
def arrive_unsure(person: User, shift: Shift, moment: datetime, client_id: uuid.UUID | None) -> ShiftSignup:
    """By a code of the shift that was typed at another time: never lost, but the office confirms it."""
    signup = lock_signup(person, shift)
    return signup if signup.status == SignupStatus.ATTENDED else say_came(signup, moment, client_id)


def check_tries(person: User) -> None:
    if cache.get(_tries_of(person), 0) >= MOST_TRIES:
        logger.warning("check-in: too many wrong codes from one person")
        raise TooManyTriesError(_("Too many wrong codes. Wait ten minutes, or ask the office to note that you came."))


def refuse(person: User) -> WrongCodeError:
    """Counts the try; the log names neither the person nor the code."""
    key = _tries_of(person)
    cache.add(key, 0, TRIES_SECONDS)
    cache.incr(key)
    logger.warning("check-in: wrong code")
    return WrongCodeError(
        _("This code is not right. Type the %(count)s digits on the office's screen; they change every 5 minutes.")
        % {"count": DIGITS}
    )


def _tries_of(person: User) -> str:
    return f"check-in-tries:{person.pk}"


def lock_signup(person: User, shift: Shift) -> ShiftSignup:
    """Person, then shift; read again."""
    lock_person_and_shift(person.pk, shift.pk)
    return ShiftSignup.objects.with_rows().get(person=person, shift=shift)


def _find_free_id(client_id: uuid.UUID | None) -> uuid.UUID | None:
    """An id that another person's phone used says nothing here."""
    taken = client_id is not None and ShiftSignup.objects.filter(check_in_id=client_id).exists()
    return None if taken else client_id


def say_came(
    signup: ShiftSignup, moment: datetime, client_id: uuid.UUID | None, arrival: Arrival = Arrival.UNSURE
) -> ShiftSignup:
    """No change of state: the person's word, which the office reads on the roll. The first word stands."""
    if signup.arrival not in ONLY_SAID:
        signup.arrival, signup.arrived_at, signup.check_in_id = arrival, moment, _find_free_id(client_id)
        signup.received_at = timezone.now()
        signup.save(update_fields=["arrival", "arrived_at", "received_at", "check_in_id"])
        kind = news.CAME_LATER_SAID if arrival == Arrival.UNSURE else news.CAME_UNPROVED
        tell_all(to_roll_keepers, kind, signup, key=f"came:{signup.pk}")
    return signup
