"""Guides and lessons show the plan of the reader's own commune; usual dates are said to be usual, never a rule."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from home.models import GuideIndexPage, GuidePage, HomePage
from participation.services.usual import plan_year_on
from places.models import Commune
from tests.factories.courses import make_course, make_indexes, make_lesson
from tests.factories.participation import PlanningStepFactory, PlanningYearFactory

pytestmark = pytest.mark.django_db
BLOCK = {"type": "planning_year", "value": {"text": "Your steps"}, "id": "5d5b7a10-8a7e-4f57-9d3a-3a2f8a3d9c11"}
USUAL = "These are usual dates, not set ones"


@pytest.fixture
def guide(homes: dict[str, HomePage]) -> str:
    locale = homes["en"].locale
    index = homes["en"].add_child(instance=GuideIndexPage(title="Guides", slug="guides", locale=locale))
    page = GuidePage(title="The year", slug="year", summary="s", minutes=2, locale=locale, body=[BLOCK])
    index.add_child(instance=page)
    return "/en/guides/year/"


def set_dates(commune: Commune) -> int:
    """A step in July; answers the plan's year."""
    year = plan_year_on(timezone.localdate())
    plan = PlanningYearFactory.create(commune=commune, year=year)
    days = date(year - 1, 7, 6), date(year - 1, 7, 8)
    PlanningStepFactory.create(planning_year=plan, start_date=days[0], end_date=days[1])
    return year


def test_a_visitor_reads_that_the_dates_are_usual(client: Client, guide: str, commune: Commune) -> None:
    set_dates(commune)
    page = client.get(guide).text
    assert ["Your steps" in page, USUAL in page, "Find your commune" in page] == [True, True, True]


def test_a_member_reads_their_own_commune(
    client: Client, guide: str, learner: User, commune: Commune, django_assert_num_queries: Any
) -> None:
    year = set_dates(commune)
    client.force_login(learner)
    page = client.get(guide).text
    assert [f"{commune.title}: the plan for {year}" in page, "6 Jul" in page, USUAL in page] == [True, True, False]
    with django_assert_num_queries(10):
        client.get(guide)


def test_a_lesson_shows_it_too(client: Client) -> None:
    lesson = make_lesson(make_course(make_indexes()["en"]), body=[BLOCK])
    assert USUAL in client.get(lesson.url).text
