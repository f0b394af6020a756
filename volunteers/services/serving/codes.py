"""The code on the office's screen that shows who is there: six digits, new every five minutes.

It is worked out from the site's secret key, the shift and the time, so nothing is stored and nothing can be stolen from
the database. A shift here is any gathering with a time: meetings of a commune show such codes too.
"""

import uuid
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.crypto import constant_time_compare, salted_hmac

from ui.words import to_western

STEP = timedelta(minutes=5)
DIGITS = 6
OPENS = timedelta(hours=1)  # before the shift


class Gathering(Protocol):
    """What shows a code: a shift, a meeting."""

    @property
    def public_id(self) -> uuid.UUID: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


def code_at(shift: Gathering, moment: datetime) -> str:
    """The code of this shift at that moment."""
    return _code(shift, _step(moment))


def is_fresh(shift: Gathering, code: str, moment: datetime) -> bool:
    """Shown at that moment, or in the five minutes before: people need time to type."""
    step = _step(moment)
    return any(constant_time_compare(code, _code(shift, each)) for each in (step, step - 1))


def was_shown(shift: Gathering, code: str) -> bool:
    """Shown at any time from an hour before the shift until its end."""
    first, last = _step(shift.starts_at - OPENS), _step(shift.ends_at)
    return any(constant_time_compare(code, _code(shift, each)) for each in range(first, last + 1))


def is_showing(shift: Gathering, moment: datetime) -> bool:
    """Whether the office's screen shows a code now."""
    return shift.cancelled_at is None and shift.starts_at - OPENS <= moment <= shift.ends_at


def seconds_left(moment: datetime) -> int:
    """Until the next code."""
    length = int(STEP.total_seconds())
    return length - int(moment.timestamp()) % length


def clean_code(typed: str) -> str:
    """Digits in either script, without gaps."""
    return "".join(sign for sign in to_western(typed) if sign in "0123456789")[: DIGITS + 1]


def _step(moment: datetime) -> int:
    return int(moment.timestamp()) // int(STEP.total_seconds())


def _code(shift: Gathering, step: int) -> str:
    digest = salted_hmac("volunteers.check_in", f"{shift.public_id}:{step}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"
