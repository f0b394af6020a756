"""Followers are reminded of a step once, a week before, by the dates that hold for their commune."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from notifications.models import Notification
from notifications.services.kinds import put_into_words
from participation.enums import StepKind
from participation.services.reminders import remind_of_steps
from places.models import Commune
from tests.factories.participation import FollowFactory, PlanningStepFactory, PlanningYearFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def remind(django_capture_on_commit_callbacks: Any) -> Any:
    def run(day: date) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return remind_of_steps(day)

    return run


def told() -> list[tuple[str, str]]:
    rows = Notification.objects.order_by("pk")
    with override("en"):
        return [(row.recipient.username, put_into_words(row.kind, row.data).title) for row in rows]


def test_a_week_before_and_once(commune: Commune, remind: Any) -> None:
    person = FollowFactory.create(commune=commune, user__username="dara").user
    FollowFactory.create(commune=commune, user__is_active=False)
    PlanningStepFactory.create(planning_year=PlanningYearFactory.create(commune=commune))
    assert [remind(date(2026, 6, 28)), remind(date(2026, 6, 29)), remind(date(2026, 6, 30))] == [0, 1, 0]
    assert told() == [(person.username, f"{commune.name_en}: Village meetings, from 6 July 2026")]


def test_usual_dates_say_that_they_are_usual(commune: Commune, remind: Any, settings: Any) -> None:
    FollowFactory.create(commune=commune)
    assert remind(date(2026, 5, 27)) == 1
    assert Notification.objects.get().kind == "participation.step_usually"


def test_a_step_of_ones_own_keeps_its_name(commune: Commune, remind: Any) -> None:
    FollowFactory.create(commune=commune)
    found = PlanningYearFactory.create(commune=commune)
    for title in ("ប្រជុំយុវជន", "ប្រជុំស្ត្រី"):
        PlanningStepFactory.create(planning_year=found, kind=StepKind.OWN, title_km=title, title_en="")
    assert remind(date(2026, 7, 1)) == 2
    assert sorted(row.data["step"]["km"] for row in Notification.objects.all()) == ["ប្រជុំយុវជន", "ប្រជុំស្ត្រី"]


def test_each_commune_by_its_own_dates(commune: Commune, remind: Any) -> None:
    neighbour = CommuneFactory.create(district=commune.district)
    for place in (commune, neighbour):
        FollowFactory.create(commune=place)
    PlanningStepFactory.create(planning_year=PlanningYearFactory.create(district=commune.district))
    PlanningStepFactory.create(
        planning_year=PlanningYearFactory.create(commune=neighbour), start_date=date(2026, 7, 20)
    )
    assert [remind(date(2026, 7, 1)), remind(date(2026, 7, 14))] == [1, 1]


def test_the_clock_costs_the_same_for_many_communes(commune: Commune, django_assert_num_queries: Any) -> None:
    PlanningStepFactory.create()
    counts = []
    for place in (commune, CommuneFactory.create(), CommuneFactory.create()):
        FollowFactory.create(commune=place)
        with django_assert_num_queries(4):
            counts.append(remind_of_steps(date(2026, 3, 10)))
    assert counts == [0, 0, 0]
