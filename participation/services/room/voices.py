"""Who speaks in a live room: a signed-in person, or a phone in the hall that showed the room's code.

A phone keeps a signed pass for the day. The room knows it by a hash that differs from room to room: nobody can follow a
phone from meeting to meeting, and the hash leads back to no phone.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import may_post
from forums.querysets import Reader
from participation.errors import RefusedError
from participation.models import LiveRoom
from participation.services.networks import count_from

SALT = "participation.hall"
COOKIE = "hall"
PASS_SPAN = timedelta(hours=18)
PASS_SECONDS = int(PASS_SPAN.total_seconds())
TRIES_SECONDS = 600
MOST_TRIES = 30  # wrong codes from one address; right ones never count, for a hall shares an address
MOST_PASSES = 60  # phones of one network in one room: more is one phone that forgets


@dataclass(frozen=True)
class Voice:
    """`user` or `guest` is set. `spare`: the guest that the phone of a signed-in person was before."""

    user: User | None = None
    guest: str = ""
    spare: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        """As the rows keep it, and as they are found."""
        return {"user": self.user, "guest": self.guest}


def find_voice(room: LiveRoom, user: Reader, hall_pass: str) -> Voice | None:
    """None for who may only read: a visitor without a pass, a person under 15."""
    guest = find_guest(room, hall_pass) if room.takes_guests else ""
    if isinstance(user, User):
        return Voice(user=user, spare=guest) if may_post(user) else None
    return Voice(guest=guest) if guest else None


def let_in(room: LiveRoom | None, code: str, hall_pass: str, *, address: str) -> tuple[str, LiveRoom]:
    """The pass that this phone keeps from now on, with the code of the room it opens.

    Raises `RefusedError` for a wrong code, a room that takes no guests, too many tries, too many phones of one network.
    """
    tries = f"hall-tries:{address}"
    if cache.get(tries, 0) >= MOST_TRIES:
        raise RefusedError(_("Too many wrong codes. Wait ten minutes, or ask at the front."))
    if room is None or not room.takes_guests:
        cache.add(tries, 0, TRIES_SECONDS)
        cache.incr(tries)
        raise RefusedError(_("This code opens no room. Look at the screen in the hall and type its six digits."))
    phone = _find_phone(hall_pass)
    if not find_guest(room, hall_pass) and count_from(address, f"hall:{room.pk}", PASS_SPAN) > MOST_PASSES:
        raise RefusedError(_("Very many phones of this network are in the room already. Sign in, or ask aloud."))
    return signing.dumps([phone or uuid.uuid4().hex, code], salt=SALT), room


def find_guest(room: LiveRoom, hall_pass: str) -> str:
    """The hash of a phone whose pass holds this room's code; "" for any other."""
    try:
        phone, code = signing.loads(hall_pass, salt=SALT, max_age=PASS_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    if not room.code or not constant_time_compare(str(code), room.code):
        return ""
    return salted_hmac(SALT, f"{room.pk}:{phone}").hexdigest()[:32]


def _find_phone(hall_pass: str) -> str:
    try:
        phone, _code = signing.loads(hall_pass, salt=SALT, max_age=PASS_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(phone)
