"""What cohorts know of a person: their own copy of it, and forgetting it."""

from typing import Any

from accounts.models import User
from courses.models import CohortMember, Nudge
from courses.services.cohorts import leave_all_cohorts


def collect_cohorts(user: User) -> list[dict[str, Any]]:
    """JSON-ready, the first joined first: attendance and nudges stand in their cohort."""
    members = CohortMember.objects.filter(user=user).select_related("cohort").prefetch_related("attendance__session")
    nudges: dict[int, list[dict[str, Any]]] = {}
    for nudge in Nudge.objects.filter(user=user).order_by("pk"):
        nudges.setdefault(nudge.cohort_id, []).append(_describe_nudge(nudge))
    return [
        {
            "cohort": member.cohort.title,
            "course": str(member.cohort.course_key),
            "joined_at": member.joined_at.isoformat(),
            "left_at": member.left_at.isoformat() if member.left_at else None,
            "attendance": [
                {"date": row.session.date.isoformat(), "title": row.session.title, "presence": row.presence}
                for row in sorted(member.attendance.all(), key=lambda row: (row.session.date, row.pk))
            ],
            "nudges": nudges.get(member.cohort_id, []),
        }
        for member in members.order_by("pk")
    ]


def forget_cohorts(user: User) -> None:
    """Seats are given back, attendance and nudges go along; what the person led for others stays, without the name."""
    leave_all_cohorts(user)
    CohortMember.objects.filter(user=user).delete()
    Nudge.objects.filter(user=user).delete()
    user.cohorts_led.clear()


def _describe_nudge(nudge: Nudge) -> dict[str, Any]:
    return {
        "sent_at": nudge.sent_at.isoformat(),
        "sentence": nudge.sentence,
        "text": nudge.text,
        "read_at": nudge.read_at.isoformat() if nudge.read_at else None,
    }
