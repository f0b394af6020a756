"""How fast a person may post, counted from the posts themselves: whole villages share one address."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Value
from django.utils import timezone

from accounts.models import User
from forums.enums import PostState, TrustLevel
from forums.models import Board, HeldPost, Post
from forums.services.trust import find_level

DAY = timedelta(days=1)
MINUTES = timedelta(minutes=5)
PACE = ((10, MINUTES), (40, DAY))
NEW_PACE = ((4, MINUTES), (12, DAY))
OFFICIAL_PACE = ((30, MINUTES), (300, DAY))  # a clerk answers a week's questions in one morning
PACES = {
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


def find_wait(
    user: User, board: Board, *, client_id: uuid.UUID, level: TrustLevel | None = None, recent: list[Sent] | None = None
) -> datetime | None:
    """When this person may post here again; None for now. A post sent twice is no new one and never waits."""
    level, now = level or find_level(user, board), timezone.now()
    rows = read_recent(user, level) if recent is None else recent
    if any(row.client_id == client_id for row in rows):
        return None
    ends = [rows[count - 1].at + span for count, span in PACES[level] if len(rows) >= count]
    return max((end for end in ends if end > now), default=None)
