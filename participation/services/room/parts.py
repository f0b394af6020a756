"""The parts of a live room's pages beside its questions: how each looks to everybody, phones and projector alike."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string

from participation.enums import QuestionState, RoomPart
from participation.models import LiveRoom, Question, ShowOfHands
from participation.realtime import Fragment

TOP = 5  # questions on the projector


def find_hands(room: LiveRoom) -> ShowOfHands | None:
    """The hands that are up now, else the last that were."""
    return room.hands.order_by("-opened_at", "-pk").first()


def list_top(room: LiveRoom) -> list[Question]:
    """What the hall wants to hear of: the moderator's shortlist first, then by support. Of guests, whom nobody knows,
    only what the moderator has read and put next: the screen is the office's.
    """
    shown = Q(state=QuestionState.NEXT) | Q(state=QuestionState.WAITING, guest="")
    waiting = room.questions.filter(shown).select_related("user")
    return sorted(
        (question for question in waiting if question.pk != room.on_screen_id),
        key=lambda question: (question.state != QuestionState.NEXT, -question.support_count, question.number),
    )[:TOP]


def _show(name: str, **context: Any) -> str:
    return render_to_string(f"participation/room/{name}.html", context).strip()


PARTS: dict[RoomPart, Fragment] = {
    RoomPart.STATE: lambda room: _show("state", room=room),
    RoomPart.SCREEN: lambda room: _show("on_screen", room=room, question=room.on_screen),
    RoomPart.TOP: lambda room: _show("top", questions=list_top(room)),
    RoomPart.HANDS: lambda room: _show("hands", room=room, hands=find_hands(room)),
}


def find_parts(names: Iterable[str]) -> dict[str, Fragment]:
    """By name, in the order of `RoomPart`."""
    wanted = set(names)
    return {part.value: PARTS[part] for part in RoomPart if part.value in wanted}
