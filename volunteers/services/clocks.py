"""Time passes: offers lapse after 72 hours, requests expire. Done on reading, and by `keep_clocks` for the rest."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from volunteers.enums import Clock
from volunteers.models import Application, VolunteerRequest
from volunteers.services.machine import WrongStateError
from volunteers.services.states import APPLICATION, REQUEST


@dataclass(frozen=True)
class ClockResult:
    lapsed: int
    expired: int


def lapse_if_overdue(application: Application) -> Application:
    """The application with its true state; writes only when the 72 hours are over."""
    if application.is_overdue:
        _move(APPLICATION, "lapse", application, Clock.OFFER)
    return application


def expire_if_overdue(request: VolunteerRequest) -> VolunteerRequest:
    """The request with its true state; writes only when the closing date is past."""
    if request.is_overdue:
        _move(REQUEST, "expire", request, Clock.EXPIRY)
    return request


def lapse_offers_of(request: VolunteerRequest) -> None:
    """Before a desk is read: the offers of this request whose time is over."""
    for application in request.applications.overdue():
        _move(APPLICATION, "lapse", application, Clock.OFFER)


def keep_clocks() -> ClockResult:
    """Every overdue row, one short transaction each."""
    lapsed = sum(_move(APPLICATION, "lapse", row, Clock.OFFER) for row in Application.objects.overdue())
    expired = sum(_move(REQUEST, "expire", row, Clock.EXPIRY) for row in VolunteerRequest.objects.overdue())
    return ClockResult(lapsed, expired)


def _move(machine: Any, verb: str, row: Any, reason: str) -> bool:
    """False where somebody else was faster; the row is read again then."""
    try:
        with transaction.atomic():
            machine.move(verb, row, by=None, reason=reason)
    except WrongStateError:
        row.refresh_from_db()
        return False
    return True
