"""The full course page and the full lesson: at most 6 queries for a visitor, 14 signed in, with 10 lessons or 200."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from courses.models import CourseIndexPage, CoursePage, CoursePrerequisite, LessonPage
from courses.querysets import Learner
from courses.services import complete_lesson, open_board
from courses.services.lesson_topics import ask_at_lesson
from tests.factories.courses import SkillFactory, make_course, make_lesson, translate
from tests.factories.media import make_document, make_svg

pytestmark = pytest.mark.django_db
VISITOR, PERSON = 6, 14
CERTIFICATE = {"gives_certificate": True, "needs_task": True, "needs_confirmation": True}


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def full_body(guides: list[CoursePage]) -> list[dict[str, Any]]:
    """Two of each block that reads something."""
    words = {"title": "ក", "length": "1:00", "transcript": "ខ"}
    return [
        made
        for number in range(2)
        for made in (
            block("picture", {"image": make_svg(f"{number}.svg").pk, "alt": "គ", "caption": ""}),
            block("download", {"document": make_document(f"{number}.csv", b"1").pk, "title": "ឃ", "description": ""}),
            block("audio", {**words, "file": make_document(f"{number}.mp3", b"ID3").pk}),
            block("guide", {"guide": guides[number].pk, "text": "ង"}),
        )
    ]


def add_lessons(course: CoursePage, first: int, last: int) -> None:
    for number in range(first, last):
        fields = {"title": f"មេរៀន {number}", "slug": f"many-{number}", "summary": "ច", "minutes": 5, "body": []}
        course.add_child(instance=LessonPage(**fields, locale=course.locale))


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage], learner: User) -> CoursePage:
    """A translated course with skills and prerequisites, one full lesson with topics, ten lessons in all."""
    index, english = indexes["km"], indexes["en"]
    before = [make_course(index, slug=f"before-{number}") for number in range(2)]
    course = make_course(
        index, [SkillFactory.create(), SkillFactory.create()], slug="full", work="tables", **CERTIFICATE
    )
    for each in before:
        CoursePrerequisite.objects.create(page=course, course_key=each.translation_key)
    open_board(course)
    lesson = make_lesson(course, body=full_body(before), slug="lesson", section="ផ្នែក")
    translate(lesson, translate(course, english, slug="full"), slug="lesson")
    for number in range(2):
        ask_at_lesson(lesson, by=learner, title=f"សំណួរ {number}", source="ពាក្យ", client_id=uuid.uuid4())
    add_lessons(course, 0, 9)
    return course


def count(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("signed_in", [False, True])
def test_flat_from_10_to_200_lessons(client: Client, course: CoursePage, learner: User, signed_in: bool) -> None:
    lesson = LessonPage.objects.child_of(course).order_by("path").first()
    assert lesson is not None
    if signed_in:
        complete_lesson(Learner(user=learner), lesson=lesson)
        client.force_login(learner)
    addresses = [course.url, lesson.url]
    few = [count(client, address) for address in addresses]
    add_lessons(course, 9, 199)
    assert LessonPage.objects.child_of(course).count() == 200
    assert [count(client, address) for address in addresses] == few
    print(f"\ncourse, lesson: {few} queries, {'signed in' if signed_in else 'visitor'}")
    assert max(few) <= (PERSON if signed_in else VISITOR)
