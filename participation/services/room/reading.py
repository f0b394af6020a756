"""What one reader sees of a live room: all of it, or what happened since."""

from typing import Any

from django.db.models import Case, IntegerField, When

from accounts.models import User
from participation import realtime
from participation.enums import QuestionState
from participation.models import Hand, LiveRoom, Meeting, Question, RoomEvent, ShowOfHands, Support
from participation.services.room.parts import find_parts
from participation.services.room.voices import Voice

MOST_EVENTS = 60  # in one gap fill; more come with the next
MOST_QUESTIONS = 200  # on a page; the rest of a very full room is read from the moderator's list
ORDER = (QuestionState.NEXT, QuestionState.WAITING, QuestionState.ANSWERED, QuestionState.ASIDE)


def find_room(meeting: Meeting) -> LiveRoom | None:
    """None where it was never opened."""
    room = LiveRoom.objects.select_related("on_screen__user").filter(meeting=meeting).first()
    if room is not None:
        room.meeting = meeting
        if room.on_screen is not None:
            room.on_screen.room = room
    return room


def list_questions(room: LiveRoom) -> list[Question]:
    """What comes next and what waits, by support; then what was answered and what was set aside."""
    rank = Case(*(When(state=state, then=at) for at, state in enumerate(ORDER)), output_field=IntegerField())
    rows = room.questions.select_related("user").annotate(rank=rank).order_by("rank", "-support_count", "number")
    questions: list[Question] = list(rows[:MOST_QUESTIONS])
    for question in questions:
        question.room = room
    return questions


def list_supported(room: LiveRoom, voice: Voice | None) -> set[int]:
    """The numbers this voice supports."""
    if voice is None:
        return set()
    rows = Support.objects.filter(question__room=room, **voice.fields)
    return set(rows.values_list("question__number", flat=True))


def find_choice(hands: ShowOfHands | None, voice: Voice | None) -> int | None:
    """What this voice raised its hand for."""
    if hands is None or voice is None:
        return None
    return Hand.objects.filter(hands=hands, **voice.fields).values_list("choice", flat=True).first()


def read_after(room: LiveRoom, *, seq: int) -> dict[str, Any]:
    """What happened after event `seq`, as patches in the active language, and the `seq` the reader then is at.

    The room is read again after its events: as it was before them it would tell old news under a new number.
    """
    events = list(RoomEvent.objects.filter(room=room, seq__gt=seq).order_by("seq")[:MOST_EVENTS])
    room = (find_room(room.meeting) if events else None) or room
    touched = {event.question_id for event in events if event.question_id}
    questions = list(Question.objects.filter(pk__in=touched).select_related("user").order_by("number"))
    for question in questions:
        question.room = room
    return {
        "seq": events[-1].seq if events else min(seq, room.last_seq),
        "more": len(events) == MOST_EVENTS,
        "patches": realtime.make_patches(room, questions, find_parts(event.part for event in events)),
    }


def describe_words(user: User) -> list[dict[str, Any]]:
    """Everything the person asked in live rooms, JSON-ready."""
    rows = Question.objects.filter(user=user).select_related("room__meeting").order_by("created_at")
    return [
        {
            "meeting": str(row.room.meeting.public_id),
            "number": row.number,
            "text": row.text,
            "state": row.state,
            "asked_at": row.created_at.isoformat(),
        }
        for row in rows
    ]
