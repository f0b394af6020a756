"""What of the planning year leads to a person beside what they sent: votes in live rooms, links they passed on, and
what they did for an office. For the copy of their data; on leaving, what they did in an office stays with a row that
names nobody any more.
"""

from typing import Any

from accounts.models import User
from accounts.services.duties import Tie, describe_rows
from participation.models import (
    BurstCheck,
    DocumentVersion,
    DoorTap,
    FeedbackReply,
    Hand,
    Input,
    Invitation,
    Meeting,
    Minutes,
    PlanningYear,
    Question,
    QuestionReport,
    ShareLink,
    Support,
    Survey,
)

MEETING = "meeting__public_id"
TRACES: dict[str, Tie] = {
    "supported": (Support, "user", ("question__room__meeting__public_id", "question__number", "created_at")),
    "hands": (Hand, "user", ("hands__room__meeting__public_id", "choice", "created_at")),
    "questions_reported": (
        QuestionReport,
        "user",
        ("question__room__meeting__public_id", "question__number", "reason", "created_at"),
    ),
    "links": (ShareLink, "user", (MEETING, "channel", "code", "opened")),
}
DUTIES: dict[str, Tie] = {
    "meetings": (Meeting, "created_by", ("public_id", "title_km", "created_at")),
    "door": (DoorTap, "by", (MEETING, "step", "happened_at")),
    "answers_to_inputs": (Input, "answered_by", (MEETING, "outcome", "answer", "answered_at")),
    "papers": (DocumentVersion, "created_by", ("document__public_id", "number", "note", "happened_at")),
    "replies_to_feedback": (FeedbackReply, "by", (MEETING, "text_km", "text_en", "changed_at")),
    "invitations": (Invitation, "by", (MEETING, "channel", "people", "day_date", "created_at")),
    "minutes": (Minutes, "changed_by", (MEETING, "changed_at", "published_at")),
    "questions_decided": (
        Question,
        "decided_by",
        ("room__meeting__public_id", "number", "state", "note", "decided_at"),
    ),
    "reports_settled": (
        QuestionReport,
        "settled_by",
        ("question__room__meeting__public_id", "question__number", "is_upheld", "settled_at"),
    ),
    "checks_asked": (BurstCheck, "asked_by", ("survey__code", "ask_reason", "asked_at")),
    "checks_decided": (BurstCheck, "decided_by", ("survey__code", "is_counted", "reason", "decided_at")),
    "surveys": (Survey, "created_by", ("code", "title_km", "created_at")),
    "plans": (PlanningYear, "changed_by", ("year", "source", "changed_at")),
}


def describe_traces(user: User) -> dict[str, list[dict[str, Any]]]:
    return describe_rows(user, TRACES)


def describe_duties(user: User) -> dict[str, list[dict[str, Any]]]:
    return describe_rows(user, DUTIES)


def forget_voices(user: User) -> None:
    """What was asked, supported, shown and reported in live rooms stays counted, and is nobody's."""
    for model in (Question, Support, Hand, QuestionReport):
        model._default_manager.filter(user=user).update(user=None)
