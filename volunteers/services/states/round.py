"""A round: planned, open, scored, drawn, confirmed, offered, once more, and its two ends."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from accounts.models import User
from volunteers.enums import RoundReason, SecondMode
from volunteers.enums import RoundStatus as R
from volunteers.models import Application, Round, VolunteerRequest
from volunteers.services.announcing import announce_task
from volunteers.services.machine import Change, Machine, Tell, move
from volunteers.services.notices import rounds as news
from volunteers.services.rounds import conditions as need
from volunteers.services.rounds.audiences import to_entrants, to_round_offices, to_round_staff, to_unplaced
from volunteers.services.rounds.building import IN_PLAY
from volunteers.services.rounds.names import hash_names
from volunteers.services.rounds.settling import settle_task
from volunteers.services.states.shared import LEADERS

LOOK = "It is read on the round's page; the outcome follows within days."
OWN_STEP = "A step of the programme's own work; the offers that follow tell everybody."
NEEDED_TO_OPEN = (
    need.has_requests,
    need.draw_is_announced,
    need.time_to_choose,
    need.requests_are_open,
    need.nobody_waits,
)


def opened_now(row: Round, now: datetime) -> dict[str, Any]:
    return {"opens_at": min(row.opens_at, now)}


def enter_seed(row: Round, now: datetime) -> dict[str, Any]:
    return {"seed": row.seed, "seed_entered_at": now}


def seal_names(row: Round, now: datetime) -> dict[str, Any]:
    return {"names_hash": hash_names(row)}


def hold_requests(row: Round, by: User | None) -> None:
    """The calendar of the round goes before the closing date of each request: none expires in the middle."""
    requests = VolunteerRequest.objects.filter(round_rows__in=row.requests.active())
    VolunteerRequest.objects.filter(pk__in=requests.values("pk")).update(
        expires_at=Greatest("expires_at", Value(row.second_closes_at))
    )


def send_offers(row: Round, by: User | None) -> None:
    """One person after the other, in the background; the clocks take up what a crash left."""
    for run in row.runs.filter(confirmed_at__isnull=False):
        transaction.on_commit(partial(settle_task.enqueue, run.pk), robust=True)


def free_for_all(row: Round, by: User | None) -> None:
    """In an open second round the offices choose again by themselves, first among those who wait."""
    if row.second_mode == SecondMode.CHOICE:
        release(row, by)


def release(row: Round, by: User | None) -> None:
    row.requests.active().update(is_active=False)


def close_rest(row: Round, by: User | None) -> None:
    """Who still waits for the round hears that it gave no place."""
    rows = Application.objects.filter(
        round_choice__round_request__in=row.requests.active(), status__in=IN_PLAY
    ).select_related("request")
    for application in rows:
        move(application, "pass_over", by=None, reason=RoundReason.ENDED)
    release(row, by)


OFFICES_SCORE = (Tell(to_round_offices, news.ROUND_SCORE), Tell(to_entrants, news.LIST_IS_FINAL))
OUTCOME = (Tell(to_entrants, news.ROUND_OUTCOME), Tell(to_round_offices, news.ROUND_OFFICE_OUTCOME))
END = (Tell(to_unplaced, news.ROUND_FINISHED),)

ROUND = Machine(
    "round",
    R,
    (
        Change(
            "open",
            (R.PLANNED,),
            R.OPEN,
            LEADERS,
            needs=NEEDED_TO_OPEN,
            stamps=opened_now,
            effects=(hold_requests,),
            tells=(Tell(to_round_offices, news.ROUND_OPENED),),
        ),
        Change(
            "begin",
            (R.PLANNED,),
            R.OPEN,
            needs=NEEDED_TO_OPEN,
            effects=(hold_requests,),
            tells=(Tell(to_round_offices, news.ROUND_OPENED),),
        ),
        Change(
            "close_lists", (R.OPEN,), R.SCORING, needs=(need.choosing_is_over,), stamps=seal_names, tells=OFFICES_SCORE
        ),
        Change(
            "close_scoring",
            (R.SCORING,),
            R.READY,
            needs=(need.scoring_is_over,),
            tells=(Tell(to_round_staff, news.ROUND_READY),),
        ),
        Change("all_scored", (R.SCORING,), R.READY, LEADERS, needs=(need.everything_is_scored,), silence=OWN_STEP),
        Change(
            "give_time",
            (R.READY,),
            R.SCORING,
            LEADERS,
            needs=(need.seed_is_unknown, need.time_to_score),
            asks_note=True,
            tells=(Tell(to_round_offices, news.ROUND_SCORE),),
        ),
        Change(
            "draw",
            (R.READY,),
            R.READY,
            LEADERS,
            needs=(
                need.draw_took_place,
                need.seed_is_unknown,
                need.seed_is_plain,
                need.seed_keeps_the_promise,
            ),
            stamps=enter_seed,
            asks_note=True,
            silence=LOOK,
        ),
        Change(
            "confirm",
            (R.READY,),
            R.CONFIRMED,
            LEADERS,
            needs=(need.first_run_is_confirmed,),
            asks_note=True,
            silence=OWN_STEP,
        ),
        Change("send_offers", (R.CONFIRMED,), R.OFFERS, LEADERS, effects=(send_offers,), tells=OUTCOME),
        Change(
            "go_second",
            (R.OFFERS,),
            R.SECOND,
            LEADERS,
            needs=(need.has_second_round, need.everybody_has_heard, need.offers_are_answered),
            effects=(free_for_all,),
            tells=(Tell(to_unplaced, news.ROUND_SECOND),),
        ),
        Change(
            "confirm_second",
            (R.SECOND,),
            R.SECOND,
            LEADERS,
            needs=(need.second_run_is_confirmed,),
            asks_note=True,
            effects=(send_offers,),
            tells=OUTCOME,
        ),
        Change(
            "finish",
            (R.OFFERS, R.SECOND),
            R.FINISHED,
            LEADERS,
            needs=(need.everybody_has_heard, need.offers_are_answered),
            effects=(close_rest,),
            tells=END,
        ),
        Change(
            "end",
            (R.OFFERS, R.SECOND),
            R.FINISHED,
            needs=(need.end_is_reached, need.everybody_has_heard, need.offers_are_answered),
            effects=(close_rest,),
            tells=(*END, Tell(to_round_staff, news.ROUND_ENDED)),
        ),
        Change(
            "cancel",
            (R.PLANNED, R.OPEN, R.SCORING, R.READY, R.CONFIRMED),
            R.CANCELLED,
            LEADERS,
            asks_note=True,
            effects=(release,),
            tells=(Tell(to_entrants, news.ROUND_CALLED_OFF), Tell(to_round_offices, news.ROUND_OFFICE_CANCELLED)),
        ),
    ),
    announce=announce_task.enqueue,
)
