"""An application: sent, chosen, offered, answered."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import Clock, LeaveReason, NoPlaceReason
from volunteers.enums import RequestStatus as R
from volunteers.models import Application, Placement, VolunteerRequest
from volunteers.models.application import OFFER_HOURS
from volunteers.services import conditions as need
from volunteers.services import notices as news
from volunteers.services.agreements import write_agreement
from volunteers.services.announcing import announce_task
from volunteers.services.audiences import to_applicant, to_office
from volunteers.services.machine import Change, Machine, Tell, move
from volunteers.services.states.shared import APPLICANT, OFFICE


class SeatsFullError(Exception):
    """Somebody else took the last place first."""


def sent_clock(application: Application, now: datetime) -> dict[str, Any]:
    return {"sent_at": now}


def offer_clock(application: Application, now: datetime) -> dict[str, Any]:
    return {"offer_expires_at": now + timedelta(hours=OFFER_HOURS)}


def take_seat(application: Application, by: User | None) -> None:
    """One conditional update: the database itself refuses the seat that is not there."""
    free = VolunteerRequest.objects.filter(
        pk=application.request_id,
        seats_filled__lt=F("seats"),
        status__in=(R.OPEN, R.REVIEW, R.EXPIRED),
    )
    if not free.update(seats_filled=F("seats_filled") + 1):
        raise SeatsFullError(_("The last place was taken a moment ago."))


def make_placement(application: Application, by: User | None) -> None:
    request = application.request
    dates = {"start_date": request.start_date, "end_date": request.end_date}
    write_agreement(Placement.objects.create(application=application, **dates))


def fill_when_full(application: Application, by: User | None) -> None:
    request = VolunteerRequest.objects.get(pk=application.request_id)
    if request.seats_left == 0:
        move(request, "fill", by=None, reason=Clock.SEATS)


APPLICATION = Machine(
    "application",
    A,
    (
        Change(
            "send",
            (A.DRAFT,),
            A.SUBMITTED,
            APPLICANT,
            needs=(need.request_is_open,),
            stamps=sent_clock,
            tells=(Tell(to_office, news.NEW_APPLICANT),),
        ),
        Change(
            "shortlist",
            (A.SUBMITTED,),
            A.SHORTLISTED,
            OFFICE,
            needs=(need.request_is_choosing,),
            tells=(Tell(to_applicant, news.SHORTLISTED),),
        ),
        Change(
            "offer",
            (A.SHORTLISTED,),
            A.OFFERED,
            OFFICE,
            needs=(need.request_is_choosing, need.seat_is_free, need.office_may_offer),
            stamps=offer_clock,
            tells=(Tell(to_applicant, news.OFFERED),),
        ),
        Change(
            "accept",
            (A.OFFERED,),
            A.ACCEPTED,
            APPLICANT,
            needs=(need.offer_stands, need.applicant_may_volunteer),
            effects=(take_seat, make_placement, fill_when_full),
            tells=(Tell(to_office, news.OFFER_ACCEPTED),),
        ),
        Change(
            "decline",
            (A.OFFERED,),
            A.DECLINED,
            APPLICANT,
            reasons=LeaveReason,
            tells=(Tell(to_office, news.OFFER_DECLINED),),
        ),
        Change(
            "lapse",
            (A.OFFERED,),
            A.LAPSED,
            tells=(
                Tell(to_applicant, news.OFFER_LAPSED),
                Tell(to_office, news.OFFER_UNANSWERED),
            ),
        ),
        Change(
            "refuse",
            (A.SUBMITTED, A.SHORTLISTED),
            A.NOT_PLACED,
            OFFICE,
            reasons=NoPlaceReason,
            tells=(Tell(to_applicant, news.NOT_PLACED),),
        ),
        Change(
            "call_off",
            (A.OFFERED,),
            A.NOT_PLACED,
            OFFICE,
            reasons=NoPlaceReason,
            tells=(Tell(to_applicant, news.NOT_PLACED),),
        ),
        Change(
            "withdraw",
            (A.SUBMITTED, A.SHORTLISTED, A.OFFERED),
            A.WITHDRAWN,
            APPLICANT,
            reasons=LeaveReason,
            tells=(Tell(to_office, news.APPLICANT_WITHDREW),),
        ),
    ),
    announce=announce_task.enqueue,
)
