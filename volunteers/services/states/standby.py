"""Those who stand by: when a place becomes free, the first of them is offered it in the same transaction."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from volunteers.enums import ApplicationStatus, Clock
from volunteers.models import Application, Placement, VolunteerRequest
from volunteers.services.machine import NotReadyError, WrongStateError, move


def join_line(application: Application, now: datetime) -> dict[str, Any]:
    """Behind everybody who stands by already, also those who are not in the line at the moment."""
    last = application.request.applications.aggregate(last=Max("standby_rank"))["last"]
    return {"standby_rank": (last or 0) + 1}


def leave_line(application: Application, now: datetime) -> dict[str, Any]:
    return {"standby_rank": None}


def take_place(application: Application, now: datetime) -> dict[str, Any]:
    """The place of the one before; whoever moves them set it on the row."""
    return {"standby_rank": application.standby_rank}


def offer_to_next(request_pk: int) -> None:
    """The first who may be offered it now; somebody without a guardian's consent is passed over, and keeps the rank.

    The caller holds the request's row: two places that become free at once are offered to two people.
    """
    request = VolunteerRequest.objects.select_related("office").get(pk=request_pk)
    for application in request.applications.standing_by().select_related("applicant"):
        application.request = request
        try:
            move(application, "promote", by=None, reason=Clock.STANDBY)
        except (NotReadyError, WrongStateError):
            continue
        return


def pass_offer_on(application: Application, by: User | None) -> None:
    """An offer came to nothing."""
    offer_to_next(application.request_id)


def pass_on_if_offered(application: Application, by: User | None) -> None:
    """Whoever withdrew kept a place only if one had been offered."""
    last = application.transitions.last()
    if last is not None and last.source == ApplicationStatus.OFFERED:
        offer_to_next(application.request_id)


def pass_place_on(placement: Placement, by: User | None) -> None:
    """Somebody left before the first day. Later the office looks first: the work has begun."""
    if placement.start_date is None or placement.start_date > timezone.localdate():
        offer_to_next(placement.application.request_id)
