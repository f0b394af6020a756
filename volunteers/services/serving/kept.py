"""Forms that waited on a phone and are refused on arrival. Nobody sits in front of them, so the person is told.

A check-in that nothing proves is not lost either: it stands on the shift's roll as the person's word, and the office is
asked to confirm it by hand.
"""

import uuid
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notifications.services import notify
from volunteers.enums import Arrival, SignupStatus
from volunteers.models import Shift, ShiftSignup
from volunteers.services.announcing import tell_all
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.notices import kept as news
from volunteers.services.serving.audiences import to_volunteer
from volunteers.services.serving.check_in import TooManyTriesError, check_in, list_shifts, lock_signup, say_came
from volunteers.services.serving.codes import OPENS


def receive_check_in(
    person: User, typed: str, *, happened_at: datetime | None, client_id: uuid.UUID | None
) -> ShiftSignup | None:
    """As `check_in`; what it refuses becomes the person's word at the shift of that moment, None where there was none.

    Raises `TooManyTriesError` alone: then the phone keeps the form on.
    """
    moment = happened_at or timezone.now()
    try:
        return check_in(person, typed, happened_at=moment, client_id=client_id)
    except TooManyTriesError:
        raise
    except (NotReadyError, WrongStateError):
        shift = find_shift_of(person, moment)
        if shift is not None:
            return hand_to_office(person, shift, moment, client_id)
        _tell_of_nothing(person, moment, client_id)
        return None


def find_shift_of(person: User, moment: datetime) -> Shift | None:
    """Where the person was expected at that moment; one that still lacks them before one where they are."""
    shifts = [shift for shift in list_shifts(person, moment) if shift.starts_at - OPENS <= moment <= shift.ends_at]
    there = ShiftSignup.objects.of(person).filter(shift__in=shifts, status=SignupStatus.ATTENDED)
    known = set(there.values_list("shift", flat=True))
    return next(iter(sorted(shifts, key=lambda shift: shift.pk in known)), None)


@transaction.atomic
def hand_to_office(person: User, shift: Shift, moment: datetime, client_id: uuid.UUID | None) -> ShiftSignup:
    """Not proved: the office confirms by hand, and the person knows it."""
    signup = lock_signup(person, shift)
    if signup.status == SignupStatus.ATTENDED or signup.arrival:
        return signup
    say_came(signup, moment, client_id, Arrival.UNPROVED)
    tell_all(to_volunteer, news.CHECK_IN_REFUSED, signup, key=f"refused:{signup.pk}")
    return signup


def tell_claim_refused(person: User, typed: dict[str, str], *, why: str, client_id: uuid.UUID | None) -> None:
    """A claim of hours that cannot stand: what was typed waits behind the link, to be mended and sent again.

    `typed`: fields of the form as they came. The same form is spoken of once.
    """
    words = {name: value for name, value in typed.items() if value}
    notify(
        [person],
        kind=news.CLAIM_REFUSED,
        url=f"{reverse('my-hours')}?{urlencode(words)}",
        dedupe_key=f"claim-refused:{client_id or uuid.uuid4()}",
        data={"note": why, **_read_claim(typed)},
    )


def _read_claim(typed: dict[str, str]) -> dict[str, Any]:
    return {"day_typed": typed.get("day", ""), "what": typed.get("what", "")}


def _tell_of_nothing(person: User, moment: datetime, client_id: uuid.UUID | None) -> None:
    notify(
        [person],
        kind=news.CHECK_IN_UNKNOWN,
        url=reverse("my-service"),
        dedupe_key=f"check-in:{client_id or moment.isoformat()}",
        data={"typed_at": moment.isoformat()},
    )
