"""A member reports a post; a moderator hides it or finds nothing to do."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forums import rules
from forums.enums import HideReason, ReportOutcome
from forums.errors import check
from forums.models import Post, Report
from forums.services.moderation import hide


@transaction.atomic
def report(post: Post, *, by: User, reason: HideReason, note: str = "") -> Report:
    """Tell the moderators. While the member's report of this post is open, another is the same one. Raises
    `NotAllowedError`.
    """
    check(rules.can_report, by, post)
    row, _ = Report.objects.get_or_create(
        post=post, reporter=by, closed_at=None, defaults={"reason": reason, "note": note}
    )
    return row


@transaction.atomic
def settle(report: Report, *, by: User, hides: bool) -> None:
    """Close an open report. Hiding takes the report's reason and closes every open report of the post; a post that is
    away already is left as it is. Raises `NotAllowedError`.
    """
    check(rules.can_moderate, by, report.post)
    if hides:
        hide(report.post, by=by, reason=HideReason(report.reason), note=report.note)
    Report.objects.open().filter(pk=report.pk).update(
        closed_at=timezone.now(), closed_by=by, outcome=ReportOutcome.NOTHING
    )


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
