"""What is still missing in a round: scores, applicants, requests that ended meanwhile."""

from dataclasses import dataclass

from django.db.models import Q

from volunteers.enums import ApplicationStatus
from volunteers.models import Round, RoundChoice, RoundOutcome, RoundRequest
from volunteers.round_querysets import CHOOSING
from volunteers.services.rounds.conditions import count_unscored, draw_took_place
from volunteers.services.rounds.running import find_stage
from volunteers.services.states import ROUND

FEW = 10  # requests named in one list


@dataclass(frozen=True)
class Readiness:
    """`unscored` applications; requests `without_points` yet, `unchosen` by anybody, `ended` since they were put in."""

    people: int
    seats: int
    unscored: int
    without_points: list[RoundRequest]
    unchosen: list[RoundRequest]
    ended: list[RoundRequest]


def look(row: Round) -> Readiness:
    """Six queries, whatever the number of requests."""
    places = RoundRequest.objects.filter(round=row, is_active=True).with_place()
    counted = places.choosing().with_counts()
    live = Q(application__status__in=(ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED))
    return Readiness(
        people=RoundChoice.objects.filter(live, entry__round=row).values("entry").distinct().count(),
        seats=sum(places.choosing().values_list("seats", flat=True)),
        unscored=count_unscored(row),
        without_points=list(counted.without_points()[:FEW]),
        unchosen=list(counted.unchosen()[:FEW]),
        ended=list(places.exclude(request__status__in=CHOOSING).order_by("pk")[:FEW]),
    )


@dataclass(frozen=True)
class Delivery:
    """How the offers of the confirmed runs stand. `stuck`: a place that could not be offered any more."""

    waiting: int
    offered: int
    accepted: int
    turned_down: int
    stuck: int


def count_delivery(row: Round) -> Delivery:
    """Two queries."""
    placed = RoundOutcome.objects.filter(run__round=row, run__confirmed_at__isnull=False, choice__isnull=False)
    waiting = placed.filter(settled_at=None).count()
    counted: dict[str, int] = {}
    for status in placed.exclude(settled_at=None).values_list("choice__application__status", flat=True):
        counted[status] = counted.get(status, 0) + 1
    stuck = counted.get(ApplicationStatus.SUBMITTED, 0) + counted.get(ApplicationStatus.WITHDRAWN, 0)
    return Delivery(
        waiting=waiting,
        offered=counted.get(ApplicationStatus.OFFERED, 0),
        accepted=counted.get(ApplicationStatus.ACCEPTED, 0),
        turned_down=counted.get(ApplicationStatus.DECLINED, 0) + counted.get(ApplicationStatus.LAPSED, 0),
        stuck=stuck,
    )


def can_run(row: Round) -> bool:
    """Whether a run can be made now: a stage is there, and nothing of it is confirmed."""
    stage = find_stage(row)
    return stage is not None and not row.runs.filter(stage=stage, confirmed_at__isnull=False).exists()


def needs_seed(row: Round) -> bool:
    """Whether the number of the draw is drawn and can be entered now."""
    return row.status in ROUND.changes["draw"].sources and not row.seed and not draw_took_place(row)
