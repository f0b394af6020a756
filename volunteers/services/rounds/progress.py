"""How far the offices are with scoring, for the programme; and a word to those whose time runs out."""

from datetime import timedelta

from django.db.models import Max, OuterRef, Subquery
from django.utils import timezone

from volunteers.enums import RoundStatus
from volunteers.models import Round, Score
from volunteers.round_querysets import RoundRequestQuerySet
from volunteers.services.announcing import tell_all
from volunteers.services.notices import rounds as news
from volunteers.services.rounds.audiences import to_late_offices, to_round_staff

SOON = (timedelta(days=3), timedelta(days=1))  # before scoring closes


def list_progress(row: Round, *, waiting: bool) -> RoundRequestQuerySet:
    """Requests that still take part, with `chosen_by`, `unscored` and `last_scored_at`; all, or those that wait."""
    scored = (
        Score.objects.filter(application__round_choice__round_request=OuterRef("pk"))
        .order_by()
        .values("application__round_choice__round_request")
        .annotate(last=Max("scored_at"))
        .values("last")
    )
    rows = row.requests.active().choosing().with_place().with_counts().annotate(last_scored_at=Subquery(scored))
    return rows.waiting() if waiting else rows


def count_progress(row: Round) -> tuple[int, int]:
    """Requests that wait for points, and all that somebody chose. Two queries."""
    rows = row.requests.active().choosing().with_counts()
    return rows.waiting().count(), rows.chosen().count()


def remind_scorers() -> int:
    """Offices with applications that nobody scored hear it three days and one day before scoring closes.

    So do the programme's staff on the last day. Answers how many people were told.
    """
    now, told = timezone.now(), 0
    for row in Round.objects.filter(status=RoundStatus.SCORING, scoring_closes_at__gt=now):
        steps = [step for step in SOON if row.choices_close_at + step < row.scoring_closes_at <= now + step]
        if not steps or not list_progress(row, waiting=True).exists():
            continue
        key = f"score-soon:{row.pk}:{min(steps).days}:{row.scoring_closes_at:%Y%m%d%H%M}"
        told += tell_all(to_late_offices, news.ROUND_SCORE_SOON, row, key=key)
        if min(steps) == SOON[-1]:
            told += tell_all(to_round_staff, news.ROUND_LATE_OFFICES, row, key=key)
    return told
