"""A placement: agreed, served, and how it ends."""

from django.db.models import F

from accounts.models import User
from volunteers.enums import CancelReason, Clock, EndReason, LeaveReason
from volunteers.enums import PlacementStatus as P
from volunteers.enums import RequestStatus as R
from volunteers.models import Placement, ShiftSignup, VolunteerRequest
from volunteers.services import conditions as need
from volunteers.services import notices as news
from volunteers.services.after.ending import follow_up
from volunteers.services.announcing import announce_task
from volunteers.services.audiences import to_applicant, to_office
from volunteers.services.locks import lock_shift
from volunteers.services.machine import Change, Machine, Tell, move
from volunteers.services.notices import serving as serving_news
from volunteers.services.states.shared import APPLICANT, JUDGE, OFFICE
from volunteers.services.states.standby import pass_place_on


def free_seat(placement: Placement, by: User | None) -> None:
    """The place can be given to somebody else; a filled request goes back to choosing."""
    pk = placement.application.request_id
    VolunteerRequest.objects.filter(pk=pk, seats_filled__gt=0).update(seats_filled=F("seats_filled") - 1)
    request = VolunteerRequest.objects.get(pk=pk)
    if request.status == R.FILLED:
        move(request, "reopen", by=None, reason=Clock.SEAT_FREE)


def release_shifts(placement: Placement, by: User | None) -> None:
    """Whoever does not serve now holds no seat of a shift to come."""
    rows = ShiftSignup.objects.live().ahead().filter(placement=placement).with_rows()
    for signup in rows.order_by("shift_id"):
        lock_shift(signup.shift_id)
        move(signup, "release", by=None, reason=Clock.PLACE_RESTS)


PLACEMENT = Machine(
    "placement",
    P,
    (
        Change(
            "begin",
            (P.AGREED,),
            P.ACTIVE,
            OFFICE,
            needs=(
                need.first_day_is_here,
                need.volunteer_has_guide,
                need.volunteer_may_serve,
                need.agreement_is_confirmed,
            ),
            tells=(Tell(to_applicant, news.PLACE_BEGAN),),
        ),
        Change(
            "pause",
            (P.ACTIVE,),
            P.PAUSED,
            OFFICE,
            asks_note=True,
            effects=(release_shifts,),
            tells=(Tell(to_applicant, news.PLACE_PAUSED),),
        ),
        Change(
            "suspend",
            (P.AGREED, P.ACTIVE),
            P.PAUSED,
            effects=(release_shifts,),
            tells=(
                Tell(to_applicant, news.CONSENT_PAUSED),
                Tell(to_office, news.SERVICE_PAUSED),
            ),
        ),  # a guardian's consent was withdrawn
        # Somebody raised a concern: both sides read no more than that the programme looks at it.
        Change(
            "safeguard",
            (P.AGREED, P.ACTIVE, P.PAUSED),
            P.PAUSED,
            effects=(release_shifts,),
            tells=(
                Tell(to_applicant, serving_news.PLACE_LOOKED_AT),
                Tell(to_office, serving_news.SERVICE_LOOKED_AT),
            ),
        ),
        Change(
            "resume",
            (P.PAUSED,),
            P.ACTIVE,
            OFFICE,
            needs=(need.has_begun, need.nobody_looks_at_it, need.volunteer_may_serve, need.agreement_is_confirmed),
            tells=(Tell(to_applicant, news.PLACE_RESUMED),),
        ),
        # It was paused before its first day: that day is still to be begun.
        Change(
            "take_up",
            (P.PAUSED,),
            P.AGREED,
            OFFICE,
            needs=(need.has_not_begun, need.nobody_looks_at_it, need.volunteer_may_serve),
            tells=(Tell(to_applicant, news.PLACE_RESUMED),),
        ),
        # Staff closed the concern: back to what it was, or over.
        Change(
            "lift",
            (P.PAUSED,),
            P.ACTIVE,
            JUDGE,
            needs=(need.nobody_looks_at_it, need.volunteer_may_serve, need.agreement_is_confirmed),
            tells=(Tell(to_applicant, news.PLACE_RESUMED), Tell(to_office, serving_news.SERVICE_GOES_ON)),
        ),
        Change(
            "restore",
            (P.PAUSED,),
            P.AGREED,
            JUDGE,
            needs=(need.nobody_looks_at_it,),
            tells=(Tell(to_applicant, news.PLACE_RESUMED), Tell(to_office, serving_news.SERVICE_GOES_ON)),
        ),
        Change(
            "stop",
            (P.AGREED, P.ACTIVE, P.PAUSED),
            P.ENDED_EARLY,
            JUDGE,
            effects=(release_shifts, free_seat, pass_place_on, follow_up),
            tells=(
                Tell(to_applicant, serving_news.PLACE_STOPPED),
                Tell(to_office, serving_news.SERVICE_STOPPED),
            ),
        ),
        Change(
            "complete",
            (P.ACTIVE,),
            P.COMPLETED,
            OFFICE,
            needs=(need.was_served_or_is_over,),
            effects=(release_shifts, follow_up),
            tells=(Tell(to_applicant, news.PLACE_COMPLETED),),
        ),
        Change(
            "end_early",
            (P.AGREED, P.ACTIVE, P.PAUSED),
            P.ENDED_EARLY,
            APPLICANT,
            reasons=LeaveReason,
            effects=(release_shifts, free_seat, pass_place_on, follow_up),
            tells=(Tell(to_office, news.SERVICE_ENDED),),
        ),
        # The office ends it, with a reason of its own list: never while the programme looks at what happened there.
        Change(
            "let_go",
            (P.AGREED, P.ACTIVE, P.PAUSED),
            P.ENDED_EARLY,
            OFFICE,
            needs=(need.only_the_volunteer_ends_it,),
            reasons=EndReason,
            words_for=(EndReason.OTHER,),
            effects=(release_shifts, free_seat, pass_place_on, follow_up),
            tells=(
                Tell(to_applicant, news.PLACE_ENDED),
                Tell(to_office, serving_news.SERVICE_LET_GO),
            ),
        ),
        # The office cancelled the whole request.
        Change(
            "fall_away",
            (P.AGREED, P.ACTIVE, P.PAUSED),
            P.ENDED_EARLY,
            OFFICE,
            needs=(need.only_the_volunteer_ends_it,),
            reasons=CancelReason,
            words_for=(CancelReason.OTHER,),
            effects=(release_shifts, free_seat, pass_place_on, follow_up),
            tells=(
                Tell(to_applicant, news.PLACE_ENDED),
                Tell(to_office, serving_news.SERVICE_LET_GO),
            ),
        ),
    ),
    announce=announce_task.enqueue,
)
