"""Every list of the home app costs the same with one row and with three."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from courses.models import CoursePage
from courses.querysets import Learner
from courses.services.index import ensure_course_indexes
from courses.services.progress import enrol
from home.models import HomePage
from places.models import Commune
from tests.factories.accounts import OfficeFactory
from tests.factories.places import CommuneFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("rows", [1, 3])]


@pytest.fixture
def courses(homes: dict[str, HomePage], rows: int) -> list[CoursePage]:
    index = ensure_course_indexes()["en"]
    words = {"summary": "s", "intro": "i", "minutes": 5, "locale": index.locale}
    return [index.add_child(instance=CoursePage(title=f"C{n}", slug=f"c{n}", **words)) for n in range(rows)]


def warm(client: Client, address: str) -> None:
    """Sites, locales and counters are kept between requests."""
    cache.clear()
    assert client.get(address).status_code == 200


def test_home(client: Client, courses: list[CoursePage], rows: int, django_assert_num_queries: Any) -> None:
    for _ in range(rows):
        RequestFactory.create(office=OfficeFactory.create())
    warm(client, "/en/")
    with django_assert_num_queries(5):
        text = client.get("/en/").text
    assert [text.count("Enter village proposals"), text.count("/courses/c")] == [rows, rows]


def test_my_page(
    client: Client, courses: list[CoursePage], learner: User, rows: int, django_assert_num_queries: Any
) -> None:
    for course in courses:
        enrol(Learner(user=learner), course_key=course.translation_key)
    for _ in range(rows):
        ApplicationFactory.create(applicant=learner)
    client.force_login(learner)
    warm(client, "/en/me/")
    with django_assert_num_queries(16):
        text = client.get("/en/me/").text
    assert [text.count('class="track"'), text.count("The commune has your application. Its answer comes here.")] == [
        rows,
        rows,
    ]


def test_the_directory(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    CommuneFactory.create_batch(rows)
    warm(client, "/en/communes/?in=2108")
    with django_assert_num_queries(2):
        client.get("/en/communes/?in=2108")
    with django_assert_num_queries(1):
        client.get("/en/communes/?q=Commune")


def test_a_commune(client: Client, commune: Commune, rows: int, django_assert_num_queries: Any) -> None:
    office = OfficeFactory.create(commune=commune)
    RequestFactory.create_batch(rows, office=office)
    warm(client, f"/en/communes/{commune.code}/")
    with django_assert_num_queries(11):
        text = client.get(f"/en/communes/{commune.code}/").text
    assert text.count("Enter village proposals") == rows
