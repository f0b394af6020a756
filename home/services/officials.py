"""Who answers for a commune, and how fast: from the questions on its board."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Min
from django.utils import timezone

from accounts.models import Membership, Organisation
from accounts.rules import CLERK_ROLES
from forums.models import Board, Topic

SHOWN_OFFICIALS = 8
LATEST = 200  # answers that a person's time is made of
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Official:
    """`days`: how long a question waited for this person's answer, by the middle one; at least one."""

    membership: Membership
    answers: int
    days: int


@dataclass(frozen=True)
class Waiting:
    """Questions without an official answer yet, and since how many days the oldest waits."""

    count: int
    days: int


def read_officials(office: Organisation | None, board: Board) -> list[Official]:
    """Those who act for a verified office; an office that waits is shown as waiting. At most two queries."""
    if office is None or not office.is_verified:
        return []
    members = Membership.objects.active().filter(organisation=office, role__in=CLERK_ROLES)
    rows = list(members.select_related("user").order_by("pk")[:SHOWN_OFFICIALS])
    waits = _read_waits(board)
    return [Official(row, len(waits[row.user_id]), _middle(waits[row.user_id])) for row in rows]


def _read_waits(board: Board) -> dict[int, list[float]]:
    """By whoever answered, the seconds each question waited."""
    found: dict[int, list[float]] = defaultdict(list)
    if board.pk is None:
        return found
    shown = Topic.objects.filter(board=board, is_hidden=False, moved_to=None)
    answered = shown.filter(answer__isnull=False, answered_at__isnull=False)
    rows = answered.order_by("-answered_at").values_list("answer__author", "created_at", "answered_at")
    for author, asked_at, answered_at in rows[:LATEST]:
        if answered_at:
            found[author].append((answered_at - asked_at).total_seconds())
    return found


def _middle(waits: list[float]) -> int:
    return max(1, -int(-median(waits) // DAY)) if waits else 0


def count_waiting(board: Board) -> Waiting:
    """One query."""
    if board.pk is None:
        return Waiting(0, 0)
    rows = Topic.objects.filter(board=board, is_hidden=False, moved_to=None).unanswered()
    found = rows.aggregate(count=Count("pk"), oldest=Min("created_at"))
    oldest: datetime | None = found["oldest"]
    return Waiting(found["count"], (timezone.now() - oldest).days if oldest else 0)
