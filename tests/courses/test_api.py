"""The API reads what is published; right answers stay on the server."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses.models import CourseIndexPage
from courses.querysets import Learner
from courses.services import complete_lesson
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question, translate

pytestmark = pytest.mark.django_db


def test_courses_in_each_language(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    skill = SkillFactory.create()
    course = make_course(indexes["km"], [skill])
    make_course(indexes["km"], live=False)
    lesson = make_lesson(course, [make_question()])
    translate(course, indexes["en"], title="Course", slug="course")
    listed = client.get("/api/v1/courses/").json()["results"]
    assert listed == [
        {
            "key": str(course.translation_key),
            "language": "km",
            "title": course.title,
            "summary": course.summary,
            "intro": course.intro,
            "icon": "book-2",
            "minutes": 30,
            "skills": [skill.code],
            "url": course.url,
        }
    ]
    assert [each["title"] for each in client.get("/api/v1/courses/?language=en").json()["results"]] == ["Course"]
    lessons = client.get(f"/api/v1/courses/{course.translation_key}/").json()["lessons"]
    assert [(each["key"], each["question_count"]) for each in lessons] == [(str(lesson.translation_key), 1)]


def test_a_lesson_keeps_its_answers(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    lesson = make_lesson(make_course(indexes["km"]), [make_question()])
    shown = client.get(f"/api/v1/lessons/{lesson.translation_key}/").json()
    assert sorted(shown) == sorted(
        ["key", "language", "title", "summary", "minutes", "byte_size", "question_count", "url", "pass_mark", "body"]
    )
    assert shown["body"][0]["value"] == {"text": "អត្ថបទ"}


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same(
    client: Client,
    indexes: dict[str, CourseIndexPage],
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        course = make_course(indexes["km"], [SkillFactory.create() for _ in range(count)])
        for _ in range(count):
            make_lesson(course)
    client.get("/api/v1/courses/")
    with django_assert_num_queries(5):
        client.get("/api/v1/courses/")
    with django_assert_num_queries(3):
        client.get("/api/v1/lessons/")


def test_progress_is_ones_own(
    client: Client, indexes: dict[str, CourseIndexPage], learner: User, stranger: User
) -> None:
    course = make_course(indexes["km"])
    first, second = make_lesson(course), make_lesson(course)
    complete_lesson(Learner(user=learner), lesson=first)
    assert client.get("/api/v1/me/progress/").status_code in (401, 403)
    client.force_login(stranger)
    assert client.get("/api/v1/me/progress/").json()["results"] == []
    client.force_login(learner)
    (row,) = client.get("/api/v1/me/progress/").json()["results"]
    assert (row["course"], row["lessons_done"], row["lessons_total"], row["next_lesson"], row["finished_at"]) == (
        str(course.translation_key),
        1,
        2,
        str(second.translation_key),
        None,
    )
