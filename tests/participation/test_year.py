"""Whose dates hold, how a step stands to a day, and the pages that show and change them."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from notifications.models import Notification
from participation.enums import Reach, StepKind, StepState
from participation.models import PlanningYear
from participation.services.planning import PlannedStep, set_dates
from participation.services.timeline import read_timeline
from participation.services.usual import plan_year_on
from places.models import Commune
from tests.factories.accounts import UserFactory
from tests.factories.participation import FollowFactory, PlanningStepFactory, PlanningYearFactory
from tests.factories.places import CommuneFactory, DistrictFactory

pytestmark = pytest.mark.django_db
NOW = plan_year_on(timezone.localdate())
VILLAGE = PlannedStep(StepKind.VILLAGE, date(NOW - 1, 7, 6), date(NOW - 1, 7, 31))


def post(client: Client, commune: Commune, **fields: object) -> Any:
    return client.post(f"/en/planning/{commune.code}/dates/?year={NOW}", fields)


def test_the_nearest_dates_hold(commune: Commune) -> None:
    assert read_timeline(commune, year=2027).reach == Reach.USUAL
    PlanningStepFactory.create(planning_year__year=2027)
    assert read_timeline(commune, year=2027).reach == Reach.COUNTRY
    PlanningStepFactory.create(planning_year=PlanningYearFactory.create(district=commune.district))
    assert read_timeline(commune, year=2027).reach == Reach.DISTRICT
    PlanningStepFactory.create(planning_year=PlanningYearFactory.create(commune=commune, source="Circular 5"))
    shown = read_timeline(commune, year=2027)
    assert (shown.reach, shown.source, [step.kind for step in shown.steps]) == (
        Reach.COMMUNE, "Circular 5", [StepKind.VILLAGE],
    )  # fmt: skip
    neighbour = CommuneFactory.create(district=commune.district)
    elsewhere = CommuneFactory.create(district=DistrictFactory.create(code="2110"), code="211001")
    assert [read_timeline(place, year=2027).reach for place in (neighbour, elsewhere, commune.district, None)] == [
        Reach.DISTRICT, Reach.COUNTRY, Reach.DISTRICT, Reach.COUNTRY,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 7, 5), StepState.AHEAD),
        (date(2026, 7, 6), StepState.NOW),
        (date(2026, 7, 31), StepState.NOW),
        (date(2026, 8, 1), StepState.PAST),
    ],
)
def test_both_days_belong_to_a_step(commune: Commune, day: date, state: StepState) -> None:
    PlanningStepFactory.create()
    assert [step.state for step in read_timeline(commune, year=2027, today=day).steps] == [state]


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 12, 31), 2027), (date(2027, 1, 31), 2027), (date(2027, 2, 1), 2028)]
)
def test_january_still_belongs_to_the_last_plan(day: date, year: int) -> None:
    assert plan_year_on(day) == year


def test_the_office_sets_its_dates_and_followers_hear_once(
    client: Client, clerk: User, commune: Commune, office: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    follower = FollowFactory.create(commune=commune).user
    FollowFactory.create(commune=CommuneFactory.create())
    client.force_login(clerk)
    fields = {"start_village": f"{NOW - 1}-07-06", "end_village": f"{NOW - 1}-07-31", "source": "Circular 5"}
    own = {
        "start_1": f"{NOW - 1}-05-02",
        "end_1": f"{NOW - 1}-05-02",
        "title_km_1": "ប្រជុំយុវជន",
        "title_en_1": "Youth day",
    }
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            answer = post(client, commune, **fields, **own)
        assert (answer.status_code, answer["Location"]) == (302, f"/en/planning/{commune.code}/?year={NOW}")
    page = client.get(answer["Location"]).text
    assert all(words in page for words in ("Youth day", "Village meetings", "Circular 5", "Dates of the commune"))
    assert "usual dates" not in page
    assert [row.recipient for row in Notification.objects.filter(kind="participation.dates_changed")] == [follower]


def test_dates_that_cannot_be_come_back_with_a_sentence(client: Client, clerk: User, commune: Commune) -> None:
    client.force_login(clerk)
    answer = post(
        client,
        commune,
        start_village=f"{NOW - 1}-08-01",
        end_village=f"{NOW - 1}-07-01",
        start_adopt="1999-01-01",
        end_adopt=f"{NOW - 1}-12-31",
        start_commune=f"{NOW - 1}-08-01",
        start_1=f"{NOW - 1}-08-01",
        end_1=f"{NOW - 1}-08-02",
        start_results="soon",
    )
    for sentence in (
        "The last day comes before the first.",
        f"A step of this plan lies in {NOW - 1} or {NOW}.",
        "Give both days, or leave both empty.",
        "Give the step a name in Khmer.",
        "Enter a valid date.",
        f'value="{NOW - 1}-08-01"',
    ):
        assert sentence in answer.text
    assert not PlanningYear.objects.exists()
    assert "Give the dates of one step at least." in post(client, commune).text


def test_own_dates_can_be_taken_away_again(client: Client, clerk: User, commune: Commune) -> None:
    set_dates(commune, NOW, steps=[VILLAGE], source="", by=clerk)
    client.force_login(clerk)
    assert "Take our dates away" in client.get(f"/en/planning/{commune.code}/dates/").text
    client.post(f"/en/planning/{commune.code}/dates/drop/")
    assert "These are usual dates" in client.get(f"/en/planning/{commune.code}/").text
    assert "Take our dates away" not in client.get(f"/en/planning/{commune.code}/dates/").text


def test_only_the_office_and_the_programme_set_dates(client: Client, clerk: User, commune: Commune) -> None:
    elsewhere = CommuneFactory.create()
    admin = UserFactory.create(is_superuser=True)
    places = [commune.code, elsewhere.code, commune.district.code]
    found = {}
    for name, person in {"clerk": clerk, "stranger": UserFactory.create(), "admin": admin}.items():
        client.force_login(person)
        found[name] = [client.get(f"/en/planning/{code}/dates/").status_code for code in places]
        found[name].append(client.get("/en/planning/dates/").status_code)
    assert found == {"clerk": [200, 403, 403, 403], "stranger": [403] * 4, "admin": [200] * 4}


@pytest.mark.parametrize("year", ["1", "20266", "abc", str(NOW + 2), str(NOW - 2), "២០២៧"])
def test_an_odd_year_is_not_found(client: Client, commune: Commune, year: str) -> None:
    assert client.get(f"/en/planning/{commune.code}/", {"year": year}).status_code == 404


def test_a_commune_is_followed_and_left(client: Client, learner: User, commune: Commune) -> None:
    client.force_login(learner)
    for _ in range(2):
        client.post(f"/en/communes/{commune.code}/follow/")
    page = client.get(f"/en/communes/{commune.code}/").text
    assert ("1 follower" in page, "You follow it. Stop" in page) == (True, True)
    client.post(f"/en/communes/{commune.code}/follow/", {"do": "stop"})
    assert "Follow this commune" in client.get(f"/en/communes/{commune.code}/").text
    assert not learner.follows.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same(client: Client, commune: Commune, rows: int, django_assert_num_queries: Any) -> None:
    found = PlanningYearFactory.create(year=NOW, commune=commune)
    for kind in list(StepKind)[:rows]:
        PlanningStepFactory.create(planning_year=found, kind=kind)
    cache.clear()
    client.get(f"/en/planning/{commune.code}/")
    with django_assert_num_queries(3):
        assert client.get(f"/en/planning/{commune.code}/").text.count("<li><span class") == rows
