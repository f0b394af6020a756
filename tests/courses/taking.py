"""Sending answers as a page without script does."""

import uuid
from typing import Any

from django.test import Client

from courses.models import LessonPage


def ids(stream: Any, index: int) -> list[str]:
    """Choice ids of a question."""
    return [item.id for item in stream[index].value["choices"].bound_blocks]


def send(client: Client, address: str, question: str, attempt: uuid.UUID | None = None, **fields: Any) -> Any:
    """Post one answer to a quiz, a practice or a check."""
    parcel = {"attempt": attempt or uuid.uuid4(), "answer": uuid.uuid4(), "question": question, **fields}
    return client.post(address, parcel)


def answer(client: Client, lesson: LessonPage, index: int, *, rightly: bool = True, **extra: Any) -> Any:
    """Answer a `single` question whose first choice is right."""
    key = ids(lesson.questions, index)[0 if rightly else 1]
    return send(client, f"{lesson.url}quiz/", lesson.questions[index].id, choice=key, **extra)


def take(client: Client, lesson: LessonPage, right: str) -> None:
    """Answer every question, rightly where `right` has a 1."""
    for index, mark in enumerate(right):
        assert answer(client, lesson, index, rightly=mark == "1").status_code == 302
