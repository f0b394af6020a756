"""A brake on posting, counted per person from the posts themselves: whole villages share one address."""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from forums import rules
from forums.models import Board, Post

DAY = timedelta(days=1)
MINUTES = timedelta(minutes=5)
PACE = ((10, MINUTES), (40, DAY))
OFFICIAL_PACE = ((30, MINUTES), (300, DAY))  # a clerk answers a week's questions in one morning


def find_wait(user: User, board: Board, *, client_id: uuid.UUID) -> datetime | None:
    """When this person may post here again; None for now. A post sent twice is no new one and never waits."""
    trusted = rules.can_moderate(user) or rules.is_official_on(user, board)
    pace, now = OFFICIAL_PACE if trusted else PACE, timezone.now()
    recent = Post.objects.filter(author=user, created_at__gt=now - DAY).order_by("-created_at")
    rows = list(recent.values_list("created_at", "client_id")[: max(count for count, _ in pace)])
    if any(written == client_id for _, written in rows):
        return None
    ends = [rows[count - 1][0] + span for count, span in pace if len(rows) >= count]
    return max((end for end in ends if end > now), default=None)
