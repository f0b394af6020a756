"""The same number of queries with one row, three rows and ten times three."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from courses.models import CourseIndexPage
from tests.factories.courses import SkillFactory, make_course, make_indexes
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import VolunteerRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(db: None) -> dict[str, CourseIndexPage]:
    return make_indexes()


def build(catalogue: dict[str, CourseIndexPage], office: Organisation, count: int) -> VolunteerRequest:
    for _ in range(count):
        skill = SkillFactory.create()
        course = make_course(catalogue["km"], [skill])
        item = RequestFactory.create(
            office=office, skills_needed=[skill, SkillFactory.create()], courses_needed=[course.translation_key]
        )
    for _ in range(count):
        application = ApplicationFactory.create(request=item)
        application.applicant.skill_grants.create(
            skill=skill, course_key=course.translation_key, granted_at=application.sent_at
        )
    return item


def address_of(name: str, item: VolunteerRequest) -> str:
    return reverse(name) if name in ("requests", "desk") else reverse(name, args=[item.public_id])


def warm(client: Client, address: str) -> None:
    """What is kept between requests (Wagtail's root paths) is not counted."""
    cache.clear()
    client.get(address)


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(("name", "queries"), [("requests", 5), ("request", 7)])
def test_anonymous(
    client: Client,
    catalogue: Any,
    office: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
    name: str,
    queries: int,
) -> None:
    address = address_of(name, build(catalogue, office, count))
    warm(client, address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(("name", "queries"), [("requests", 14), ("request", 26)])
def test_signed_in(
    client: Client,
    catalogue: Any,
    office: Organisation,
    learner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
    name: str,
    queries: int,
) -> None:
    address = address_of(name, build(catalogue, office, count))
    client.force_login(learner)
    warm(client, address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize(("name", "queries"), [("desk", 18), ("request-shortlist", 21)])
def test_the_clerk(
    client: Client,
    catalogue: Any,
    office: Organisation,
    clerk: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
    name: str,
    queries: int,
) -> None:
    address = address_of(name, build(catalogue, office, count))
    client.force_login(clerk)
    warm(client, address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200
