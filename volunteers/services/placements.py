"""The way of a place: begun, paused, resumed, completed, ended. Every function locks person, then request."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from volunteers.models import Placement
from volunteers.rules import is_applicant
from volunteers.services.locks import lock_placement
from volunteers.services.states import PLACEMENT

OFFICE_VERBS = ("begin", "pause", "resume", "take_up", "complete")


@transaction.atomic
def change_placement(placement: Placement, verb: str, *, by: User, reason: str = "", note: str = "") -> Placement:
    """One of `OFFICE_VERBS`, or `end_early` by either side, each with a reason of its own list.

    Raises `NotReadyError`, `WrongStateError`, `PermissionDenied`.
    """
    if verb not in (*OFFICE_VERBS, "end_early"):
        raise PermissionDenied
    locked = lock_placement(placement)
    if verb == "end_early" and not is_applicant(by, locked):
        verb = "let_go"
    PLACEMENT.move(verb, locked, by=by, reason=reason if PLACEMENT.reads_reason(verb) else "", note=note)
    return locked


def list_office_verbs(placement: Placement, user: User) -> list[str]:
    """What the office could do now, in the machine's order; what only lacks a condition is not offered."""
    return [verb for verb in OFFICE_VERBS if PLACEMENT.can(verb, placement, user)]
