"""What a meeting's live room tells open pages, phones and projector alike. Patches are absolute, as the forum's are."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from participation.enums import ROOM
from participation.models import LiveRoom, Meeting, Question
from ui.rooms import transport
from ui.rooms.tokens import room_of

Fragment = Callable[[LiveRoom], str]


def thing_of(meeting: Meeting) -> str:
    """What a token lets its bearer read."""
    return f"{ROOM}:{meeting.public_id}"


def make_patches(
    room: LiveRoom, questions: Iterable[Question], parts: Mapping[str, Fragment] | None = None
) -> list[dict[str, Any]]:
    """One patch for each question and part in the active language; nothing in it depends on who reads."""
    patches: list[dict[str, Any]] = [
        {
            "number": question.number,
            "place": "questions",
            "html": render_to_string("participation/room/question.html", {"question": question, "room": room}).strip(),
        }
        for question in questions
    ]
    return patches + [{"part": name, "html": show(room)} for name, show in (parts or {}).items()]


def publish(
    room: LiveRoom, questions: Iterable[Question], *, first: int, parts: Mapping[str, Fragment] | None = None
) -> None:
    """Events `first` to `room.last_seq` touched these. Rendered once per language, by the request that wrote."""
    if not transport.is_carried():
        return
    questions = sorted(questions, key=lambda question: question.number)
    for language, _ in settings.LANGUAGES:
        with override(language):
            patches = make_patches(room, questions, parts)
        message = {"type": "patch", "first": first, "seq": room.last_seq, "patches": patches}
        transport.publish(room_of(thing_of(room.meeting), language), json.dumps(message, ensure_ascii=False))
