"""Lesson, quiz, practice, history and check: few queries, and the same with 10 lessons or 200, two questions or ten."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from courses.models import CourseIndexPage, CoursePage, LessonPage
from courses.querysets import Learner
from courses.services import complete_lesson
from tests.courses.taking import answer, take
from tests.courses.test_banks import from_bank, make_bank
from tests.factories.courses import make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db

MOST_ANONYMOUS, MOST_SIGNED_IN = 6, 14


def add_lessons(course: CoursePage, count: int) -> None:
    """Plain lessons, without revisions: this test measures reading."""
    for number in range(count):
        text = [{"type": "text", "value": {"text": "x"}, "id": str(uuid.uuid4())}]
        fields: dict[str, Any] = {"title": "ម", "slug": f"more-{number}-{uuid.uuid4().hex[:6]}", "summary": "ស"}
        course.add_child(instance=LessonPage(minutes=5, body=text, locale=course.locale, **fields))


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage]) -> CoursePage:
    forms = {f"form_{form}": [make_question(text=f"{form} {n}") for n in range(2)] for form in "ab"}
    course: CoursePage = make_course(indexes["km"], **forms)
    return course


@pytest.fixture
def lesson(course: CoursePage, indexes: dict[str, CourseIndexPage]) -> LessonPage:
    """Every rule at once, and two banks."""
    banks = [from_bank(make_bank(indexes["km"]), 2) for _ in range(2)]
    rules = {"draw": 1, "attempt_limit": 9, "wait_minutes": 0}
    return make_lesson(course, [make_question(), make_question(), *banks], **rules)


def count_each(client: Client, addresses: dict[str, str]) -> dict[str, int]:
    counts = {}
    for name, address in addresses.items():
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts[name] = len(queries)
    return counts


def test_anonymous(client: Client, course: CoursePage, lesson: LessonPage) -> None:
    addresses = {
        "lesson": lesson.url,
        "quiz": f"{lesson.url}quiz/",
        "practice": f"{lesson.url}practice/",
        "history": f"{lesson.url}history/",
        "check": f"{course.url}check/",
    }
    add_lessons(course, 9)
    few = count_each(client, addresses)
    add_lessons(course, 190)
    assert count_each(client, addresses) == few
    assert {name: count for name, count in few.items() if count > MOST_ANONYMOUS} == {}


def test_signed_in(client: Client, course: CoursePage, lesson: LessonPage, learner: User) -> None:
    client.force_login(learner)
    check = {"check": f"{course.url}check/"}
    add_lessons(course, 9)
    few = count_each(client, check)
    take(client, lesson, "10")
    plain = make_lesson(course, [make_question(), make_question()])
    take(client, plain, "10")
    answer(client, lesson, 0)
    complete_lesson(Learner(user=learner), lesson=lesson)
    addresses = {
        "lesson": lesson.url,
        "quiz": f"{lesson.url}quiz/",
        "result": f"{plain.url}quiz/",
        "anew": f"{plain.url}quiz/?again=1",
        "practice": f"{lesson.url}practice/",
        "history": f"{lesson.url}history/",
    }
    few |= count_each(client, addresses)
    add_lessons(course, 189)
    assert count_each(client, addresses) == {name: few[name] for name in addresses}
    assert {name: count for name, count in few.items() if count > MOST_SIGNED_IN} == {}
    print(few)


@pytest.mark.parametrize("count", [2, 10])
def test_more_questions_cost_no_queries(client: Client, course: CoursePage, count: int) -> None:
    lesson = make_lesson(course, [make_question() for _ in range(count)])
    assert count_each(client, {"quiz": f"{lesson.url}quiz/", "practice": f"{lesson.url}practice/"}) == {
        "quiz": 2,
        "practice": 2,
    }
