"""Time passes in serving: a roll that nobody kept, an appeal without an answer, a correction without one."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from volunteers.enums import Appeal, Clock, SignupStatus
from volunteers.models import HoursEntry, ShiftSignup
from volunteers.services.machine import Machine, NotReadyError, WrongStateError
from volunteers.services.states import HOURS, SIGNUP

ROLL_DAYS, APPEAL_DAYS, ANSWER_DAYS = 7, 7, 14
MOST_AT_ONCE = 500


def keep_serving_clocks() -> int:
    """Every overdue row, one short transaction each. Answers how many changed."""
    now = timezone.now()
    unrecorded = ShiftSignup.objects.filter(
        status=SignupStatus.SIGNED_UP, ends_at__lte=now - timedelta(days=ROLL_DAYS), shift__cancelled_at=None
    )
    appeals = ShiftSignup.objects.filter(
        status=SignupStatus.NO_SHOW, appeal=Appeal.OFFICE, updated_at__lte=now - timedelta(days=APPEAL_DAYS)
    )
    corrections = HoursEntry.objects.unanswered(now - timedelta(days=ANSWER_DAYS))
    return (
        _move_all(SIGNUP, "lose_track", unrecorded.with_rows(), Clock.ROLL)
        + _move_all(SIGNUP, "hand_over", appeals.with_rows(), Clock.APPEAL)
        + _move_all(HOURS, "stand", corrections.with_work(), Clock.HOURS)
    )


def _move_all(machine: Machine, verb: str, rows: Any, reason: str) -> int:
    return sum(_move(machine, verb, row, reason) for row in _first(rows))


def _first(rows: Any) -> Iterable[Any]:
    return list(rows.order_by("pk")[:MOST_AT_ONCE])


def _move(machine: Machine, verb: str, row: Any, reason: str) -> bool:
    """False where somebody was faster."""
    try:
        with transaction.atomic():
            machine.move(verb, row, by=None, reason=reason)
    except (WrongStateError, NotReadyError):
        return False
    return True
