"""The practical work that a certificate rests on, as the certificate tells it."""

import uuid
from collections.abc import Iterable
from typing import Any

from accounts.models import User
from courses.models import Confirmation, Submission
from courses.services.tasks import find_evidence
from ui.words import in_khmer


def list_works(user: User, course_key: uuid.UUID) -> list[dict[str, Any]]:
    """Accepted works of a course that may be attached, in the shape of `Certificate.evidence`."""
    return [describe_work(submission) for submission in find_evidence(user, course_key)]


def list_titles(asked: Iterable[Confirmation]) -> dict[int, list[str]]:
    """Titles of the accepted works of each of these learners in each of these courses, by confirmation. One query."""
    rows = list(asked)
    users, keys = {row.user_id for row in rows}, {row.course_key for row in rows}
    found: dict[tuple[int, uuid.UUID], list[str]] = {}
    for submission in Submission.objects.accepted().filter(user__in=users, course_key__in=keys).order_by("decided_at"):
        found.setdefault((submission.user_id, submission.course_key), []).append(submission.title)
    return {row.pk: found.get((row.user_id, row.course_key), []) for row in rows}


def describe_work(submission: Submission) -> dict[str, Any]:
    """Title and day; never the file: there may be names of residents in it."""
    title = submission.task["title"]
    accepted_at = submission.decided_at.isoformat() if submission.decided_at else ""
    words = {"km": title.get("km", ""), "en": title.get("en", "")}
    return {"id": str(submission.public_id), **words, "accepted_at": accepted_at}


def title_of(work: dict[str, Any]) -> str:
    """The work's title in the reader's language, else in the other one."""
    here, there = ("km", "en") if in_khmer() else ("en", "km")
    return str(work.get(here) or work.get(there) or "")
