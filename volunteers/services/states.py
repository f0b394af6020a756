"""The three state machines, declared: states, who may change them, what a change waits for, what follows from it, who
is told.

`REQUEST`, `APPLICATION` and `PLACEMENT` are the only writers of a `status` column. Lock order: person, then request.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import Clock, LeaveReason, NoPlaceReason
from volunteers.enums import PlacementStatus as P
from volunteers.enums import RequestStatus as R
from volunteers.models import Application, Placement, VolunteerRequest
from volunteers.models.application import OFFER_HOURS
from volunteers.rules import is_applicant, is_of_office, is_staff
from volunteers.services import conditions as need
from volunteers.services import notices as news
from volunteers.services.announcing import announce_task
from volunteers.services.audiences import to_applicant, to_office, to_staff, to_waiting, to_writers
from volunteers.services.machine import Change, Machine, Tell

OFFICE, STAFF, APPLICANT = (is_of_office,), (is_staff,), (is_applicant,)
ITS_OWN = "The office did it itself, and nobody outside waits for it."
EACH_HEARS = "Everybody concerned hears it by the change of their own application or place."


class SeatsFullError(Exception):
    """Somebody else took the last place first."""


def open_clock(request: VolunteerRequest, now: datetime) -> dict[str, Any]:
    """Opened now; closes after the chosen days, and never after the last day of work."""
    expires_at = now + timedelta(days=request.open_days)
    if request.end_date is not None:
        end = timezone.make_aware(datetime.combine(request.end_date + timedelta(days=1), time()))
        expires_at = min(expires_at, end)
    return {"opened_at": now, "expires_at": expires_at}


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
    Placement.objects.create(application=application, start_date=request.start_date, end_date=request.end_date)


def fill_when_full(application: Application, by: User | None) -> None:
    request = VolunteerRequest.objects.get(pk=application.request_id)
    if request.seats_left == 0:
        REQUEST.move("fill", request, by=None, reason=Clock.SEATS)


def free_seat(placement: Placement, by: User | None) -> None:
    """The place can be given to somebody else; a filled request goes back to choosing."""
    pk = placement.application.request_id
    VolunteerRequest.objects.filter(pk=pk, seats_filled__gt=0).update(seats_filled=F("seats_filled") - 1)
    request = VolunteerRequest.objects.get(pk=pk)
    if request.status == R.FILLED:
        REQUEST.move("reopen", request, by=None, reason=Clock.SEAT_FREE)


def answer_the_rest(request: VolunteerRequest, by: User | None) -> None:
    """The clerk closed the request: everybody still waiting is told so, with the reason."""
    reason = NoPlaceReason.CHANGED if request.seats_left else NoPlaceReason.SEATS
    if request.status == R.CANCELLED:
        reason = NoPlaceReason.CHANGED
    for application in request.applications.on_the_desk():
        verb = "call_off" if application.status == A.OFFERED else "refuse"
        APPLICATION.move(verb, application, by=by, reason=reason)


def end_placements(request: VolunteerRequest, by: User | None) -> None:
    for placement in Placement.objects.live().filter(application__request=request):
        PLACEMENT.move("end_early", placement, by=by, reason=LeaveReason.NOT_SAID)


REQUEST = Machine(
    "request",
    R,
    (
        # An office that nobody verified asks first; a verified one opens at once.
        Change(
            "submit",
            (R.DRAFT, R.RETURNED),
            R.SUBMITTED,
            OFFICE,
            needs=(need.is_complete, need.has_days_left, need.office_is_unverified),
            tells=(Tell(to_staff, news.REQUEST_WAITS),),
        ),
        Change(
            "publish",
            (R.DRAFT, R.RETURNED),
            R.OPEN,
            OFFICE,
            needs=(need.is_complete, need.has_days_left, need.office_is_verified),
            stamps=open_clock,
            silence=ITS_OWN,
        ),
        Change(
            "approve",
            (R.SUBMITTED,),
            R.OPEN,
            STAFF,
            needs=(need.is_complete, need.has_days_left),
            stamps=open_clock,
            tells=(Tell(to_writers, news.REQUEST_APPROVED),),
        ),
        Change(
            "send_back",
            (R.SUBMITTED,),
            R.RETURNED,
            STAFF,
            asks_note=True,
            tells=(Tell(to_writers, news.REQUEST_SENT_BACK),),
        ),
        Change("rework", (R.SUBMITTED, R.OPEN), R.DRAFT, OFFICE, needs=(need.nobody_applied,), silence=ITS_OWN),
        Change("stop", (R.OPEN,), R.REVIEW, OFFICE, silence=ITS_OWN),
        Change(
            "resume", (R.REVIEW,), R.OPEN, OFFICE, needs=(need.is_not_overdue, need.office_is_trusted), silence=ITS_OWN
        ),
        Change(
            "renew",
            (R.OPEN, R.REVIEW, R.EXPIRED),
            R.OPEN,
            OFFICE,
            needs=(need.has_days_left, need.office_is_trusted),
            stamps=open_clock,
            silence=ITS_OWN,
        ),
        Change(
            "close",
            (R.OPEN, R.REVIEW, R.FILLED, R.EXPIRED),
            R.CLOSED,
            OFFICE,
            needs=(need.no_offer_is_out,),
            effects=(answer_the_rest,),
            silence=EACH_HEARS,
        ),
        Change(
            "cancel",
            (R.DRAFT, R.SUBMITTED, R.RETURNED, R.OPEN, R.REVIEW, R.FILLED, R.EXPIRED),
            R.CANCELLED,
            OFFICE,
            effects=(answer_the_rest, end_placements),
            silence=EACH_HEARS,
        ),
        # Not the office's decision: the last seat, a seat that became free, the clock, the office refused by staff.
        Change(
            "suspend",
            (R.OPEN, R.REVIEW, R.EXPIRED),
            R.REVIEW,
            tells=(
                Tell(to_writers, news.OFFICE_REFUSED),
                Tell(to_waiting, news.REQUEST_RESTS),
            ),
        ),
        Change("fill", (R.OPEN, R.REVIEW, R.EXPIRED), R.FILLED, tells=(Tell(to_office, news.REQUEST_FILLED),)),
        Change("reopen", (R.FILLED,), R.REVIEW, tells=(Tell(to_office, news.PLACE_FREE),)),
        Change("expire", (R.OPEN, R.REVIEW), R.EXPIRED, tells=(Tell(to_writers, news.REQUEST_EXPIRED),)),
    ),
    announce=announce_task.enqueue,
)

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

PLACEMENT = Machine(
    "placement",
    P,
    (
        Change(
            "begin",
            (P.AGREED,),
            P.ACTIVE,
            OFFICE,
            needs=(need.volunteer_may_serve,),
            tells=(Tell(to_applicant, news.PLACE_BEGAN),),
        ),
        Change("pause", (P.ACTIVE,), P.PAUSED, OFFICE, asks_note=True, tells=(Tell(to_applicant, news.PLACE_PAUSED),)),
        Change(
            "suspend",
            (P.AGREED, P.ACTIVE),
            P.PAUSED,
            tells=(
                Tell(to_applicant, news.CONSENT_PAUSED),
                Tell(to_office, news.SERVICE_PAUSED),
            ),
        ),  # a guardian's consent was withdrawn
        Change(
            "resume",
            (P.PAUSED,),
            P.ACTIVE,
            OFFICE,
            needs=(need.volunteer_may_serve,),
            tells=(Tell(to_applicant, news.PLACE_RESUMED),),
        ),
        Change("complete", (P.ACTIVE,), P.COMPLETED, OFFICE, tells=(Tell(to_applicant, news.PLACE_COMPLETED),)),
        Change(
            "end_early",
            (P.AGREED, P.ACTIVE, P.PAUSED),
            P.ENDED_EARLY,
            (is_applicant, is_of_office),
            reasons=LeaveReason,
            effects=(free_seat,),
            tells=(
                Tell(to_applicant, news.PLACE_ENDED),
                Tell(to_office, news.SERVICE_ENDED),
            ),
        ),
    ),
    announce=announce_task.enqueue,
)
