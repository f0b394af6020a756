"""Questions of the forum that were answered at a meeting."""

from django.utils import timezone

from accounts.models import User
from forums.models import Topic
from forums.querysets import Reader
from forums.services.questions.answering import note_meeting
from notifications.services import strip_language
from participation.enums import MeetingStatus
from participation.models import Meeting

MOST = 12
MOST_SHOWN = 20


def list_held(topic: Topic) -> list[Meeting]:
    """The last meetings of the question's commune that have begun, latest first; the one that is named is among them,
    however long ago it was.
    """
    rows = Meeting.objects.filter(
        commune=topic.board.commune_id, status=MeetingStatus.ANNOUNCED, starts_at__lte=timezone.now()
    ).order_by("-starts_at", "-pk")
    held = list(rows[:MOST])
    url = topic.asked.meeting_url
    if url and not any(address_of(row) == url for row in held):
        held += [row for row in rows[MOST:] if address_of(row) == url]
    return held


def address_of(meeting: Meeting) -> str:
    """As a question keeps it: without a language."""
    return strip_language(meeting.get_absolute_url())


def list_answered_at(meeting: Meeting, *, user: Reader) -> list[Topic]:
    """Questions of the forum that were answered at this meeting and that the reader may read, the latest first."""
    topics = Topic.objects.visible_to(user).filter(asked__meeting_url=address_of(meeting), is_answered=True)
    return list(topics.order_by("-answered_at", "-pk")[:MOST_SHOWN])


def name_meeting(topic: Topic, meeting: Meeting | None, *, by: User) -> Topic:
    """The question was answered at this meeting; None takes the name away. Raises `NotAllowedError`."""
    if meeting is None:
        return note_meeting(topic, by=by, url="", title_km="", title_en="", day=timezone.localdate())
    return note_meeting(
        topic,
        by=by,
        url=address_of(meeting),
        title_km=meeting.title_km,
        title_en=meeting.title_en,
        day=timezone.localtime(meeting.starts_at).date(),
    )
