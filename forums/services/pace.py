"""How fast a person may post, counted from the posts themselves: whole villages share one address."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Value
from django.utils import timezone

from accounts.models import User
from forums.enums import PostState, TrustLevel
from forums.models import Board, HeldPost, Post
from forums.rules import wears
from forums.services.trust import find_level

DAY = timedelta(days=1)
MINUTES = timedelta(minutes=5)
Pace = tuple[tuple[int, timedelta], ...]
PACE: Pace = ((10, MINUTES), (40, DAY))
NEW_PACE: Pace = ((4, MINUTES), (12, DAY))
OFFICIAL_PACE: Pace = ((30, MINUTES), (300, DAY))  # a clerk answers a week's questions in one morning
PROTECTED_PACE: Pace = ((4, timedelta(hours=1)), (12, DAY))  # their times are kept by the hour
PACES: dict[TrustLevel, Pace] = {
    TrustLevel.NEW: NEW_PACE,
    TrustLevel.KNOWN: PACE,
    TrustLevel.TRUSTED: PACE,
    TrustLevel.OFFICE: OFFICIAL_PACE,
}


@dataclass(frozen=True, order=True)
class Sent:
    """One post of a person, or one that waits."""

    at: datetime
    client_id: uuid.UUID
    source: str
    is_visible: bool


def read_recent(user: User, level: TrustLevel) -> list[Sent]:
    """What the person sent in a day, the latest first, as far as the brakes look."""
    since, most = timezone.now() - DAY, max(count for count, _ in PACES[level])
    posts = Post.objects.filter(author=user, created_at__gt=since).order_by("-created_at")
    held = HeldPost.objects.filter(author=user, held_at__gt=since)
    rows = [
        *posts.values_list("created_at", "client_id", "source", "state")[:most],
        *held.values_list("held_at", "client_id", "source", Value(PostState.VISIBLE.value))[:most],
    ]
    sent = (Sent(at, key, source, state == PostState.VISIBLE) for at, key, source, state in rows)
    return sorted(sent, reverse=True)


def read_masked(user: User) -> list[Sent]:
    """What the person sent protected in a day; found by the tags of everybody's."""
    since = timezone.now() - DAY
    posts = Post.objects.filter(mask__isnull=False, created_at__gt=since).select_related("mask")
    held = HeldPost.objects.filter(mask__isnull=False, held_at__gt=since).select_related("mask")
    rows = [Sent(row.created_at, row.client_id, row.source, row.is_visible) for row in posts if wears(user, row.mask)]
    rows += [Sent(row.held_at, row.client_id, row.source, is_visible=True) for row in held if wears(user, row.mask)]
    return sorted(rows, reverse=True)


def find_wait(
    user: User, board: Board, *, client_id: uuid.UUID, level: TrustLevel | None = None, recent: list[Sent] | None = None
) -> datetime | None:
    """When this person may post here again; None for now. A post sent twice is no new one and never waits."""
    level = level or find_level(user, board)
    rows = read_recent(user, level) if recent is None else recent
    return find_end(rows, PACES[level], client_id=client_id)


def find_end(rows: list[Sent], pace: Pace, *, client_id: uuid.UUID) -> datetime | None:
    """When the next one may come after these, the latest first."""
    now = timezone.now()
    if any(row.client_id == client_id for row in rows):
        return None
    ends = [rows[count - 1].at + span for count, span in pace if len(rows) >= count]
    return max((end for end in ends if end > now), default=None)
