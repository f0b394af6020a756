"""Pages cost the same number of queries with one lesson or three, one course or three."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses.models import CourseIndexPage
from courses.querysets import Learner
from courses.services import complete_lesson
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db

ANONYMOUS = {"catalogue": 5, "course": 4, "lesson": 3, "quiz": 2}
SIGNED_IN = {"catalogue": 9, "course": 8, "lesson": 7, "quiz": 6}


def build(indexes: dict[str, CourseIndexPage], count: int) -> tuple[dict[str, str], Any]:
    for _ in range(count):
        course = make_course(indexes["km"], [SkillFactory.create() for _ in range(count)])
        lessons = [make_lesson(course, [make_question() for _ in range(count)]) for _ in range(count)]
    addresses = {
        "catalogue": indexes["km"].url,
        "course": course.url,
        "lesson": lessons[-1].url,
        "quiz": f"{lessons[-1].url}quiz/",
    }
    return addresses, lessons


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ANONYMOUS)
def test_anonymous(
    client: Client,
    indexes: dict[str, CourseIndexPage],
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    count: int,
) -> None:
    addresses, _lessons = build(indexes, count)
    client.get(addresses[name])
    with django_assert_num_queries(ANONYMOUS[name]):
        assert client.get(addresses[name]).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", SIGNED_IN)
def test_signed_in(
    client: Client,
    indexes: dict[str, CourseIndexPage],
    learner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
    count: int,
) -> None:
    addresses, lessons = build(indexes, count)
    complete_lesson(Learner(user=learner), lesson=lessons[0])
    client.force_login(learner)
    client.get(addresses[name])
    with django_assert_num_queries(SIGNED_IN[name]):
        assert client.get(addresses[name]).status_code == 200
