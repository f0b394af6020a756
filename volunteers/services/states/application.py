"""An application: sent, chosen, offered, answered."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import Clock, LeaveReason, NoPlaceReason, OverrideReason
from volunteers.enums import RequestStatus as R
from volunteers.models import Application, Placement, VolunteerRequest
from volunteers.services import conditions as need
from volunteers.services import notices as news
from volunteers.services.agreements import write_agreement
from volunteers.services.announcing import announce_later, announce_task
from volunteers.services.audiences import to_applicant, to_office
from volunteers.services.choosing import better
from volunteers.services.finding.listing import count_application
from volunteers.services.machine import Change, Excuse, Machine, Tell, move
from volunteers.services.notices import choosing
from volunteers.services.rounds.conditions import not_in_a_round
from volunteers.services.states.reviewing import office_answers
from volunteers.services.states.round_offers import ROUND_CHANGES
from volunteers.services.states.shared import APPLICANT, CHOOSERS, NOT_HEARD, OFFICE
from volunteers.services.states.stamps import offer_clock, sent_clock
from volunteers.services.states.standby import join_line, leave_line, pass_offer_on, pass_on_if_offered, take_place

UNDO_TIME = timedelta(minutes=2)
UNDO = (need.may_be_undone, need.request_is_choosing, need.did_not_apply_again)


class SeatsFullError(Exception):
    """Somebody else took the last place first."""


def hold(application: Application, now: datetime) -> dict[str, Any]:
    """Until it can no longer be taken back, the applicant reads what they read before."""
    return {"held_status": application.shown_status, "held_until": now + UNDO_TIME}


def offer_and_hold(application: Application, now: datetime) -> dict[str, Any]:
    """The 72 hours begin when the applicant hears of it."""
    return {**offer_clock(application, now + UNDO_TIME), **hold(application, now)}


def offer_unheld(application: Application, now: datetime) -> dict[str, Any]:
    return {**offer_clock(application, now), **release(application, now)}


def join_and_hold(application: Application, now: datetime) -> dict[str, Any]:
    return {**join_line(application, now), **hold(application, now)}


def release(application: Application, now: datetime) -> dict[str, Any]:
    return {"held_status": "", "held_until": None}


def release_offer(application: Application, now: datetime) -> dict[str, Any]:
    return {"offer_expires_at": None, **release(application, now)}


def release_rank(application: Application, now: datetime) -> dict[str, Any]:
    return {**leave_line(application, now), **release(application, now)}


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
            needs=(need.request_is_open, not_in_a_round),
            stamps=sent_clock,
            effects=(count_application,),
            tells=(Tell(to_office, news.NEW_APPLICANT),),
        ),
        Change(
            "shortlist",
            (A.SUBMITTED,),
            A.SHORTLISTED,
            CHOOSERS,
            needs=(need.request_is_choosing, not_in_a_round),
            holds=UNDO_TIME,
            stamps=hold,
            effects=(office_answers,),
            tells=(Tell(to_applicant, news.SHORTLISTED),),
        ),
        Change(
            "offer",
            (A.SHORTLISTED,),
            A.OFFERED,
            CHOOSERS,
            needs=(
                need.request_is_choosing,
                not_in_a_round,
                need.work_has_days_left,
                need.seat_is_free,
                need.office_may_offer,
            ),
            excuse=Excuse(better.offer_passes, OverrideReason),
            holds=UNDO_TIME,
            stamps=offer_and_hold,
            effects=(office_answers,),
            tells=(Tell(to_applicant, news.OFFERED),),
        ),
        # A place became free: the first who stands by is offered it, and asked like everybody else.
        Change(
            "promote",
            (A.SHORTLISTED,),
            A.OFFERED,
            needs=(
                need.stands_by,
                need.request_is_choosing,
                need.work_has_days_left,
                need.seat_is_free,
                need.office_may_offer,
                need.applicant_may_volunteer,
            ),
            stamps=offer_unheld,
            tells=(Tell(to_applicant, choosing.PROMOTED), Tell(to_office, choosing.STANDBY_OFFERED)),
        ),
        Change(
            "stand_by",
            (A.SHORTLISTED,),
            A.SHORTLISTED,
            CHOOSERS,
            needs=(need.request_is_choosing, need.stands_by_not),
            excuse=Excuse(better.standby_passes, OverrideReason),
            holds=UNDO_TIME,
            stamps=join_and_hold,
            tells=(Tell(to_applicant, choosing.STANDS_BY),),
        ),
        Change(
            "move_up",
            (A.SHORTLISTED,),
            A.SHORTLISTED,
            CHOOSERS,
            needs=(need.stands_by,),
            excuse=Excuse(better.moving_up_passes, OverrideReason),
            stamps=take_place,
            silence="The office's own order: nobody reads where in the line they stand.",
        ),
        Change(
            "stand_down",
            (A.SHORTLISTED,),
            A.SHORTLISTED,
            CHOOSERS,
            needs=(need.stands_by,),
            stamps=leave_line,
            tells=(Tell(to_applicant, choosing.STANDS_DOWN),),
        ),
        Change(
            "accept",
            (A.OFFERED,),
            A.ACCEPTED,
            APPLICANT,
            needs=(need.offer_stands, need.work_is_not_over, need.applicant_may_volunteer),
            effects=(take_seat, make_placement, fill_when_full),
            tells=(Tell(to_office, news.OFFER_ACCEPTED),),
        ),
        Change(
            "decline",
            (A.OFFERED,),
            A.DECLINED,
            APPLICANT,
            reasons=LeaveReason,
            effects=(pass_offer_on,),
            tells=(Tell(to_office, news.OFFER_DECLINED),),
        ),
        Change(
            "lapse",
            (A.OFFERED,),
            A.LAPSED,
            effects=(pass_offer_on,),
            tells=(
                Tell(to_applicant, news.OFFER_LAPSED),
                Tell(to_office, news.OFFER_UNANSWERED),
            ),
        ),
        Change(
            "refuse",
            (A.SUBMITTED, A.SHORTLISTED),
            A.NOT_PLACED,
            CHOOSERS,
            needs=(not_in_a_round,),
            reasons=NoPlaceReason,
            holds=UNDO_TIME,
            stamps=hold,
            effects=(office_answers,),
            tells=(Tell(to_applicant, news.NOT_PLACED),),
        ),
        Change(
            "call_off",
            (A.OFFERED,),
            A.NOT_PLACED,
            OFFICE,
            reasons=NoPlaceReason,
            stamps=release,
            tells=(Tell(to_applicant, news.NOT_PLACED),),
        ),
        Change(
            "withdraw",
            (A.SUBMITTED, A.SHORTLISTED, A.OFFERED),
            A.WITHDRAWN,
            APPLICANT,
            reasons=LeaveReason,
            effects=(pass_on_if_offered,),
            tells=(Tell(to_office, news.APPLICANT_WITHDREW),),
        ),
        # The office has refused, and the applicant, who has not heard of it, withdraws first.
        Change(
            "withdraw_unheard",
            (A.NOT_PLACED,),
            A.WITHDRAWN,
            APPLICANT,
            needs=(need.refusal_is_unheard,),
            reasons=LeaveReason,
            stamps=release,
            tells=(Tell(to_office, news.APPLICANT_WITHDREW),),
        ),
        Change(
            "run_out",
            (A.SUBMITTED, A.SHORTLISTED),
            A.NOT_PLACED,
            needs=(need.work_is_over,),
            stamps=release,
            tells=(Tell(to_applicant, news.NOT_PLACED),),
        ),
        # What the office takes back before anybody heard of it.
        *(
            Change(verb, (source,), target, CHOOSERS, needs=needs, stamps=stamps, silence=NOT_HEARD)
            for verb, source, target, needs, stamps in (
                ("undo_shortlist", A.SHORTLISTED, A.SUBMITTED, UNDO, release),
                ("undo_offer", A.OFFERED, A.SHORTLISTED, UNDO, release_offer),
                ("undo_stand_by", A.SHORTLISTED, A.SHORTLISTED, UNDO, release_rank),
                ("undo_refuse", A.NOT_PLACED, A.SUBMITTED, UNDO, release),
                ("undo_late_refuse", A.NOT_PLACED, A.SHORTLISTED, UNDO, release),
            )
        ),
        *ROUND_CHANGES,
    ),
    announce=announce_task.enqueue,
    announce_later=announce_later,
)
