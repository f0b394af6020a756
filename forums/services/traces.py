"""What of the forum leads to a person beside their words: what they read, what was decided about them, and what they
did for an office or as a moderator. For the copy of their data; on leaving, what they did in an office stays with a row
that names nobody any more.
"""

from typing import Any

from accounts.models import User
from accounts.services.duties import Tie, describe_rows
from forums.models import (
    BoardMarker,
    Case,
    CaseNote,
    IdeaStep,
    Mention,
    ModerationAction,
    PostVersion,
    QuietPeriod,
    ReaderSettings,
    ReadMarker,
    ReplyTemplate,
    Report,
    SealOpening,
    Seat,
    WatchedWord,
)

POST = ("post__topic__public_id", "post__number")
TRACES: dict[str, Tie] = {
    "read": (ReadMarker, "user", ("topic__public_id", "last_number", "updated_at")),
    "looked_at": (BoardMarker, "user", ("board__slug", "begun", "since")),
    "habits": (ReaderSettings, "user", ("follows_begun", "follows_answered")),
    "seats": (Seat, "user", ("board__slug", "role", "created_at")),
    "named_by_others": (Mention, "user", (*POST, "created_at")),
    "decisions_about_me": (
        ModerationAction,
        "post__author",
        (*POST, "kind", "reason", "created_at", "undone_at", "overturned_at"),
    ),
}
DUTIES: dict[str, Tie] = {
    "decisions": (ModerationAction, "moderator", (*POST, "kind", "reason", "note", "districts", "created_at")),
    "cases_taken": (Case, "assignee", ("public_id", "taken_at")),
    "cases_closed": (Case, "closed_by", ("public_id", "ruling", "closed_at")),
    "reports_closed": (Report, "closed_by", (*POST, "outcome", "closed_at")),
    "notes": (CaseNote, "author", ("case__public_id", "text", "created_at")),
    "seals_asked": (SealOpening, "asked_by", ("public_id", "kind", "reason", "asked_at")),
    "seals_answered": (SealOpening, "decided_by", ("public_id", "is_agreed", "decided_at")),
    "words_to_authors": (ReplyTemplate, "changed_by", ("name", "text_km", "text_en", "changed_at")),
    "watched_words": (WatchedWord, "changed_by", ("word", "effect", "reason", "changed_at")),
    "quiet_times_set": (QuietPeriod, "set_by", ("start_date", "end_date", "why_km", "why_en", "set_at")),
    "quiet_times_ended": (QuietPeriod, "ended_by", ("start_date", "end_date", "ended_at")),
    "former_texts_removed": (PostVersion, "removed_by", (*POST, "number", "removed_at")),
    "seats_given": (Seat, "given_by", ("board__slug", "role", "created_at")),
    "steps_of_ideas": (IdeaStep, "by", ("idea__topic__public_id", "number", "verb", "status", "words", "created_at")),
}


def collect_traces(user: User) -> dict[str, list[dict[str, Any]]]:
    return describe_rows(user, TRACES)


def collect_duties(user: User) -> dict[str, list[dict[str, Any]]]:
    return describe_rows(user, DUTIES)
