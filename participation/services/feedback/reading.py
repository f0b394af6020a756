"""What was said, as sums of enough answers; and the last meeting's, for the page of the next one."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from participation import rules
from participation.enums import MeetingStatus, MissedBecause, Opinion
from participation.models import FeedbackReply, Meeting
from participation.services.attendance.reading import draw
from participation.services.feedback.answering import CONTENT
from participation.services.feedback.standing import count_latest, read_told
from ui.charts import Bar
from ui.small_groups import PUBLIC_LEAST, STAFF_LEAST


@dataclass(frozen=True)
class Feedback:
    """`said` answers of people who came, `content` of them good or partly good; `missed` of people who did not.

    Bars are empty where fewer than `least` answered.
    """

    said: int
    content: int
    missed: int
    opinions: list[Bar]
    reasons: list[Bar]
    least: int

    @property
    def is_told(self) -> bool:
        """Whether enough people who came answered."""
        return self.said >= self.least


def count_said(meeting: Meeting) -> tuple[Counter[str], Counter[str]]:
    """Opinions and reasons as they are now: not fit to be shown. One query."""
    return count_latest(meeting.feedback.all())


def read_feedback(meeting: Meeting, *, least: int = STAFF_LEAST) -> Feedback:
    """As last told, to staff or (`PUBLIC_LEAST`) to everybody: in steps of that many people. One query."""
    opinions, reasons = read_told(meeting, least=least)
    said, missed = opinions.total(), reasons.total()
    return Feedback(
        said=said,
        content=count_content(opinions),
        missed=missed,
        opinions=draw(opinions, dict(Opinion.choices), least=least) if said >= least else [],
        reasons=draw(reasons, dict(MissedBecause.choices), least=least) if missed >= least else [],
        least=least,
    )


def count_content(opinions: Counter[str]) -> int:
    return sum(opinions[word] for word in CONTENT)


@dataclass(frozen=True)
class LastTime:
    """The meeting before, with what enough people said of it and what the office answers."""

    meeting: Meeting
    feedback: Feedback
    reply: FeedbackReply | None

    @property
    def is_told(self) -> bool:
        return self.feedback.is_told or self.reply is not None


def find_last_time(meeting: Meeting) -> LastTime | None:
    """Of the commune's latest meeting before this one. Two queries; None where there was none."""
    rows = Meeting.objects.filter(
        commune=meeting.commune_id, status=MeetingStatus.ANNOUNCED, ends_at__lte=timezone.now()
    )
    rows = rows.filter(starts_at__lt=meeting.starts_at).select_related("feedback_reply")
    last = rows.order_by("-starts_at", "-pk").first()
    if last is None:
        return None
    return LastTime(last, read_feedback(last, least=PUBLIC_LEAST), getattr(last, "feedback_reply", None))


@transaction.atomic
def reply(meeting: Meeting, text_km: str, text_en: str = "", *, by: User) -> FeedbackReply:
    """The office's sentence; a better one replaces it. Raises `PermissionDenied`."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("office").get(pk=meeting.pk)
    if not rules.can_organise(by, meeting.office):
        raise PermissionDenied
    row, _made = FeedbackReply.objects.update_or_create(
        meeting=meeting,
        defaults={"text_km": text_km, "text_en": text_en, "by": by, "changed_at": timezone.now()},
    )
    return row
