"""What the calendar of a round does by itself; on reading, and by `keep_clocks` for the rest."""

from itertools import chain

from django.db import transaction
from django.utils import timezone

from volunteers.enums import Clock, RoundStatus
from volunteers.models import Round, RoundRun
from volunteers.services.announcing import tell_all
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.notices import rounds as news
from volunteers.services.rounds.audiences import to_round_staff
from volunteers.services.rounds.planning import find_missing
from volunteers.services.rounds.settling import settle
from volunteers.services.states import ROUND

BY_ITSELF = {
    RoundStatus.PLANNED: ("begin", "opens_at"),
    RoundStatus.OPEN: ("close_lists", "choices_close_at"),
    RoundStatus.SCORING: ("close_scoring", "scoring_closes_at"),
}


def advance_if_due(row: Round) -> Round:
    """The round in the state that its calendar says; writes only when a day has come."""
    while (verb := find_due(row)) and _move(row, verb):
        pass
    return row


def find_due(row: Round) -> str:
    """The change whose day has come, "" without one. A round that cannot open on its day stays planned."""
    verb, day = BY_ITSELF.get(RoundStatus(row.status), ("", ""))
    return verb if verb and getattr(row, day) <= timezone.now() and not find_missing(row, verb) else ""


def keep_rounds() -> int:
    """Every round whose day has come, and offers that a crash left unsent. Answers how many rounds moved on."""
    rounds = Round.objects
    due = chain(rounds.due_to_open(), rounds.due_to_close(), rounds.due_to_draw())
    moved = sum(_has_moved(row) for row in due)
    moved += sum(_move(row, "end") for row in rounds.filter(status__in=ROUND.changes["end"].sources))
    for row in rounds.due_to_open():
        report_stuck(row)
    sent = RoundRun.objects.filter(round__status__in=(RoundStatus.OFFERS, RoundStatus.SECOND))
    for run in sent.filter(confirmed_at__isnull=False, outcomes__settled_at=None).distinct():
        settle(run)
    return moved


def report_stuck(row: Round) -> int:
    """A round that should be open tells the programme once a day's reason why it is not."""
    missing = " ".join(find_missing(row, "begin"))
    key = f"stuck:{row.pk}:{row.opens_at:%Y%m%d}"
    return tell_all(to_round_staff, news.ROUND_STUCK, row, key=key, facts={"note": missing})


def _has_moved(row: Round) -> bool:
    before = row.status
    return before != advance_if_due(row).status


def _move(row: Round, verb: str) -> bool:
    try:
        with transaction.atomic():
            ROUND.move(verb, row, by=None, reason=Clock.ROUND)
    except (NotReadyError, WrongStateError):
        row.refresh_from_db()
        return False
    return True
