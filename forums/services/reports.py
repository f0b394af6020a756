"""The person's own reports and appeals, for the copy of their data."""

from typing import Any

from accounts.models import User
from forums.models import Case, Report


def collect_reports(user: User) -> list[dict[str, Any]]:
    """Every report the person made, JSON-ready."""
    rows = Report.objects.filter(reporter=user).select_related("post__topic")
    return [
        {
            "topic": str(row.post.topic.public_id),
            "number": row.post.number,
            "reason": row.reason,
            "note": row.note,
            "created_at": row.created_at.isoformat(),
            "outcome": row.outcome,
        }
        for row in rows
    ]


def collect_appeals(user: User) -> list[dict[str, Any]]:
    """Every appeal about the person's posts, JSON-ready."""
    rows = Case.objects.filter(against__isnull=False, post__author=user).select_related("post__topic")
    return [
        {
            "topic": str(row.post.topic.public_id),
            "number": row.post.number,
            "words": row.words,
            "created_at": row.opened_at.isoformat(),
            "outcome": row.ruling,
        }
        for row in rows
    ]
