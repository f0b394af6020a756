"""A request: written, checked, open, choosing, and its five ends."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from volunteers.enums import ApplicationStatus, CancelReason, LeaveReason, NoPlaceReason, ReworkReason
from volunteers.enums import RequestStatus as R
from volunteers.models import Placement, VolunteerRequest
from volunteers.rules import is_applicant
from volunteers.services import conditions as need
from volunteers.services import notices as news
from volunteers.services.announcing import announce_task
from volunteers.services.audiences import to_office, to_staff, to_waiting, to_writers
from volunteers.services.finding.listing import list_request
from volunteers.services.machine import Change, Excuse, Machine, Tell, move
from volunteers.services.notices import waiting
from volunteers.services.states.shared import CLOSERS, EACH_HEARS, ITS_OWN, JUDGE, OFFICE


def open_clock(request: VolunteerRequest, now: datetime) -> dict[str, Any]:
    """Opened now; closes after the chosen days, and never after the last day of work."""
    expires_at = now + timedelta(days=request.open_days)
    if request.end_date is not None:
        end = timezone.make_aware(datetime.combine(request.end_date + timedelta(days=1), time()))
        expires_at = min(expires_at, end)
    return {"opened_at": now, "expires_at": expires_at, "expiry_told_at": None}


def answer_the_rest(request: VolunteerRequest, by: User | None) -> None:
    """The clerk closed the request: everybody still waiting is told so, with the reason."""
    reason = NoPlaceReason.CHANGED if request.seats_left else NoPlaceReason.SEATS
    if request.status == R.CANCELLED:
        reason = NoPlaceReason.CHANGED
    for application in request.applications.on_the_desk():
        verb = "call_off" if application.status == ApplicationStatus.OFFERED else "refuse"
        move(application, verb, by=by, reason=reason)


def end_placements(request: VolunteerRequest, by: User | None) -> None:
    """Each with the reason and the words that the request was cancelled with."""
    why = request.transitions.filter(target=R.CANCELLED).latest("pk")
    for placement in Placement.objects.live().filter(application__request=request):
        if is_applicant(by, placement):
            move(placement, "end_early", by=by, reason=LeaveReason.GONE)
        else:
            move(placement, "fall_away", by=by, reason=why.reason, note=why.note)


def call_off_shifts(request: VolunteerRequest, by: User | None) -> None:
    """After the places are ended, so that nobody is on them any more."""
    request.shifts.ahead().update(cancelled_at=timezone.now())


FULL = (Tell(to_office, news.REQUEST_FILLED), Tell(to_waiting, waiting.REQUEST_FULL))
CLOSED_TO_NEW = (Tell(to_writers, news.REQUEST_EXPIRED), Tell(to_waiting, waiting.CLOSED_TO_NEW))

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
            JUDGE,
            needs=(need.is_complete, need.has_days_left),
            stamps=open_clock,
            tells=(Tell(to_writers, news.REQUEST_APPROVED),),
        ),
        Change(
            "send_back",
            (R.SUBMITTED,),
            R.RETURNED,
            JUDGE,
            reasons=ReworkReason,
            tells=(Tell(to_writers, news.REQUEST_SENT_BACK),),
        ),
        Change(
            "rework",
            (R.SUBMITTED, R.OPEN),
            R.DRAFT,
            OFFICE,
            needs=(need.nobody_applied, need.no_round_decides),
            silence=ITS_OWN,
        ),
        Change("stop", (R.OPEN,), R.REVIEW, OFFICE, needs=(need.no_round_decides,), silence=ITS_OWN),
        Change(
            "resume",
            (R.REVIEW,),
            R.OPEN,
            OFFICE,
            needs=(need.is_not_overdue, need.guide_is_there, need.office_is_trusted),
            silence=ITS_OWN,
        ),
        Change(
            "renew",
            (R.OPEN, R.REVIEW, R.EXPIRED),
            R.OPEN,
            OFFICE,
            needs=(need.has_days_left, need.guide_is_there, need.office_is_trusted, need.no_round_decides),
            stamps=open_clock,
            silence=ITS_OWN,
        ),
        Change(
            "close",
            (R.OPEN, R.REVIEW, R.FILLED, R.EXPIRED),
            R.CLOSED,
            CLOSERS,
            needs=(need.no_offer_is_out, need.no_round_decides),
            effects=(answer_the_rest,),
            silence=EACH_HEARS,
        ),
        Change(
            "cancel",
            (R.DRAFT, R.SUBMITTED, R.RETURNED, R.OPEN, R.REVIEW, R.FILLED, R.EXPIRED),
            R.CANCELLED,
            CLOSERS,
            needs=(need.no_place_is_looked_at,),
            excuse=Excuse(need.nobody_has_a_place, CancelReason),
            words_for=(CancelReason.OTHER,),
            effects=(answer_the_rest, end_placements, call_off_shifts),
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
        Change(
            "fill",
            (R.OPEN, R.REVIEW, R.EXPIRED),
            R.FILLED,
            tells=FULL,
        ),
        Change("reopen", (R.FILLED,), R.REVIEW, tells=(Tell(to_office, news.PLACE_FREE),)),
        Change(
            "expire",
            (R.OPEN, R.REVIEW),
            R.EXPIRED,
            tells=CLOSED_TO_NEW,
        ),
    ),
    announce=announce_task.enqueue,
    always=(list_request,),
)
