"""What a learner is told of their cohorts: the next session, and what the facilitator wrote. One query."""

import uuid
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.models import User
from courses.enums import NudgeSentence
from courses.models import Cohort, CohortSession, Nudge


@dataclass(frozen=True)
class NextSession:
    """Where and when the cohort meets next."""

    title: str
    place: str
    date: date
    starts_at: time | None


@dataclass(frozen=True)
class CohortNote:
    """One cohort that is not over. `sentence` is in the reader's language, "" when there is nothing unread."""

    cohort: Cohort
    session: NextSession | None
    sentence: str = ""
    text: str = ""


def read_cohort_notes(user: User, *, course_key: uuid.UUID | None = None) -> list[CohortNote]:
    """Of all cohorts a person learns in, or only of those of one course. The cohort that ends first stands first."""
    today = timezone.localdate()
    cohorts = Cohort.objects.joined_by(user).filter(end_date__gte=today)
    if course_key is not None:
        cohorts = cohorts.filter(course_key=course_key)
    sessions = CohortSession.objects.filter(cohort=OuterRef("pk"), date__gte=today, cancelled_at=None)
    nudges = Nudge.objects.unread().filter(cohort=OuterRef("pk"), user=user)
    session_fields = JSONObject(title="title", place="place", date="date", starts_at="starts_at")
    nudge_fields = JSONObject(sentence="sentence", text="text")
    rows = cohorts.annotate(
        next_session=Subquery(sessions.order_by("date", "starts_at", "pk").values(found=session_fields)[:1]),
        last_nudge=Subquery(nudges.order_by("-sent_at", "-pk").values(found=nudge_fields)[:1]),
    )
    return [_to_note(cohort) for cohort in rows.order_by("end_date", "pk")]


def _to_note(cohort: Any) -> CohortNote:
    session, nudge = cohort.next_session, cohort.last_nudge or {}
    return CohortNote(
        cohort=cohort,
        session=_to_session(session) if session else None,
        sentence=str(NudgeSentence(nudge["sentence"]).label) if nudge else "",
        text=nudge.get("text", ""),
    )


def _to_session(found: dict[str, str | None]) -> NextSession:
    starts_at = found["starts_at"]
    return NextSession(
        title=found["title"] or "",
        place=found["place"] or "",
        date=date.fromisoformat(found["date"] or ""),
        starts_at=time.fromisoformat(starts_at) if starts_at else None,
    )
