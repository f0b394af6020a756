"""Questions of the forum that were answered at a meeting."""

from django.utils import timezone

from accounts.models import User
from forums.models import Topic
from forums.services.questions.answering import note_meeting
from notifications.services import strip_language
from participation.enums import MeetingStatus
from participation.models import Meeting

MOST = 12


def list_held(topic: Topic) -> list[Meeting]:
    """The last meetings of the question's commune that have begun, latest first."""
    rows = Meeting.objects.filter(
        commune=topic.board.commune_id, status=MeetingStatus.ANNOUNCED, starts_at__lte=timezone.now()
    )
    return list(rows.order_by("-starts_at", "-pk")[:MOST])


def name_meeting(topic: Topic, meeting: Meeting | None, *, by: User) -> Topic:
    """The question was answered at this meeting; None takes the name away. Raises `NotAllowedError`."""
    if meeting is None:
        return note_meeting(topic, by=by, url="", title_km="", title_en="", day=timezone.localdate())
    return note_meeting(
        topic,
        by=by,
        url=strip_language(meeting.get_absolute_url()),
        title_km=meeting.title_km,
        title_en=meeting.title_en,
        day=timezone.localtime(meeting.starts_at).date(),
    )
