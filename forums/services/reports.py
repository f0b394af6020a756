"""The person's own reports and appeals: their copy of them, and what stays when they leave."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from forums.models import Case, Report
from forums.services.protecting import list_masks


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


def list_appeals(user: User) -> QuerySet[Case]:
    """Also those about what they wrote protected."""
    own = Q(post__author=user) | Q(post__mask__in=list_masks(user))
    return Case.objects.filter(own, against__isnull=False)


def forget_reports(user: User) -> None:
    """Before the masks are forgotten: a report stays without who made it, an appeal without the words."""
    Report.objects.filter(reporter=user).update(reporter=None)
    list_appeals(user).update(words="")


def collect_appeals(user: User) -> list[dict[str, Any]]:
    """Every appeal about the person's posts, JSON-ready."""
    rows = list_appeals(user).select_related("post__topic")
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
