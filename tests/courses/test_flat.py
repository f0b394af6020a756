"""Catalogue, full course page, full lesson and quiz: at most 6 queries without an account, whether or not something is
begun, 14 signed in, with 10 lessons or 200.
"""

import uuid
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from courses.models import CourseIndexPage, CoursePage, CoursePrerequisite, LessonPage
from courses.services import open_board
from courses.services.lesson_topics import ask_at_lesson
from tests.courses.taking import answer
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question, translate
from tests.factories.media import make_document, make_photo, make_svg

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # Wagtail's renditions of pictures
]
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
            block("picture", {"image": make_photo(f"{number}.png").pk, "alt": "ញ", "caption": ""}),
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
    lesson = make_lesson(course, [make_question()], body=full_body(before), slug="lesson", section="ផ្នែក")
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


def begin(client: Client, who: str, lesson: LessonPage, learner: User) -> None:
    """The first lesson is read, its quiz begun; of somebody new nothing is kept."""
    if who == "person":
        client.force_login(learner)
    if who != "new":
        client.post(f"/km/learn/lessons/{lesson.translation_key}/done/")
        answer(client, lesson, 0)


@pytest.mark.parametrize(("who", "most"), [("new", 6), ("visitor", 6), ("person", 14)])
def test_flat_from_10_to_200_lessons(client: Client, course: CoursePage, learner: User, who: str, most: int) -> None:
    lesson = LessonPage.objects.child_of(course).order_by("path").first()
    assert lesson is not None
    begin(client, who, lesson, learner)
    search = f"{course.get_parent().url}?q={quote('មេរៀន')}&work=tables"
    addresses = [course.get_parent().url, search, course.url, lesson.url, f"{lesson.url}quiz/"]
    few = [count(client, address) for address in addresses]
    add_lessons(course, 9, 199)
    assert LessonPage.objects.child_of(course).count() == 200
    assert [count(client, address) for address in addresses] == few
    print(f"\n{who}: catalogue, search, course, lesson, quiz: {few} queries")
    assert max(few) <= most
