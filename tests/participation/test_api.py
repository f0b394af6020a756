"""Meetings, plans and figures for programs."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from participation.enums import MeetingStatus, Outcome
from participation.models import AgendaItem, Decision, Meeting, Minutes
from participation.services.indicators.standing import renew_indicators
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.participation import MeetingFactory
from tests.factories.surveys import SurveyFactory, answer_often

AT = "/api/v1/meetings/"


def put(client: Client, address: str, **sent: Any) -> Any:
    return client.put(address, sent, content_type="application/json")


def list_ids(client: Client, query: str = "") -> list[str]:
    return [row["id"] for row in client.get(f"{AT}{query}").json()["results"]]


def write_minutes(meeting: Meeting, **columns: Any) -> Minutes:
    minutes = Minutes.objects.create(meeting=meeting, summary_km="សង្ខេប", came_count=30, **columns)
    Decision.objects.create(minutes=minutes, position=1, title_km="អណ្ដូង", outcome=Outcome.ACCEPTED, cost=5)
    return minutes


def test_meetings_to_come_past_and_by_place(client: Client, office: Organisation) -> None:
    ahead, over = MeetingFactory.create(office=office), MeetingFactory.create(office=office, over=True)
    MeetingFactory.create(office=OfficeFactory.create())
    code = office.commune.code  # type: ignore[union-attr]
    assert (len(list_ids(client)), list_ids(client, f"?place={code}")) == (2, [str(ahead.public_id)])
    assert (list_ids(client, "?past"), list_ids(client, "?place=990101")) == ([str(over.public_id)], [])


def test_one_with_its_agenda_and_minutes_once_they_are_public(client: Client, office: Organisation) -> None:
    meeting = MeetingFactory.create(office=office, over=True)
    AgendaItem.objects.filter(meeting=meeting).delete()
    AgendaItem.objects.create(meeting=meeting, position=1, title_km="ស្វាគមន៍")
    minutes = write_minutes(meeting)
    address = f"{AT}{meeting.public_id}/"
    whole = client.get(address).json()
    assert ([point["title_km"] for point in whole["agenda"]], whole["minutes"]) == (["ស្វាគមន៍"], None)
    Minutes.objects.filter(pk=minutes.pk).update(published_at=timezone.now())
    told = client.get(address).json()["minutes"]
    assert (told["came_count"], told["decisions"][0]["title_km"]) == (30, "អណ្ដូង")


def test_a_draft_is_its_offices_alone(client: Client, office: Organisation, clerk: User, stranger: User) -> None:
    draft = MeetingFactory.create(office=office, status=MeetingStatus.DRAFT, announced_at=None)
    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    for person in (None, stranger, rival):
        if person:
            client.force_login(person)
        assert (list_ids(client), client.get(f"{AT}{draft.public_id}/").status_code) == ([], 404)
    assert put(client, f"{AT}{draft.public_id}/answer/", is_coming=True).status_code == 404
    client.force_login(clerk)
    assert list_ids(client) == [str(draft.public_id)]


def test_saying_that_one_comes(client: Client, office: Organisation, learner: User) -> None:
    meeting = MeetingFactory.create(office=office, capacity=1)
    address = f"{AT}{meeting.public_id}/answer/"
    assert (client.get(address).status_code, put(client, address, is_coming=True).status_code) == (403, 403)
    client.force_login(learner)
    assert client.get(address).status_code == 404
    assert [put(client, address, is_coming=True, channel="poster").json()["status"] for _ in range(2)] == ["coming"] * 2
    assert client.get(address).json()["channel"] == "poster"
    assert client.get(f"{AT}{meeting.public_id}/").json()["seats_left"] == 0
    assert put(client, address, channel="poster").status_code == 400
    client.force_login(UserFactory.create())
    assert put(client, address, is_coming=True).json()["status"] == "waiting"
    Meeting.objects.update(
        status=MeetingStatus.CANCELLED, cancelled_at=timezone.now(), cancel_reason="Rain", coming_count=0
    )
    assert put(client, address, is_coming=False).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same(
    client: Client, office: Organisation, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        MeetingFactory.create(office=office)
    over = MeetingFactory.create(office=office, over=True)
    write_minutes(over, published_at=timezone.now())
    for address, queries in ((AT, 1), (f"{AT}{over.public_id}/", 3)):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_the_plan_and_whose_dates_they_are(client: Client, office: Organisation) -> None:
    told = client.get("/api/v1/planning/").json()
    assert (
        told["reach"],
        len(told["steps"]) > 5,
        {step["state"] for step in told["steps"]} <= {"past", "now", "ahead"},
    ) == (
        "usual",
        True,
        True,
    )
    code = office.commune.code  # type: ignore[union-attr]
    assert client.get(f"/api/v1/planning/{code}/?year={told['year'] + 1}").json()["year"] == told["year"] + 1
    assert client.get(f"/api/v1/planning/{code}/?year=1000").json()["year"] == told["year"]
    assert client.get("/api/v1/planning/999999/").status_code == 404


def test_figures_hide_small_groups_as_the_pages_do(client: Client, db: None) -> None:
    survey = SurveyFactory.create()
    code, query = survey.commune.code, f"year={survey.year}"
    answer_often(survey, 9)
    renew_indicators(timezone.localdate())
    few = client.get(f"/api/v1/participation/?commune={code}&{query}").json()
    assert (few["everybody"]["people"], set(few["everybody"]["shares"].values())) == (None, {None})
    answer_often(survey, 14)
    renew_indicators(timezone.localdate())
    told = client.get(f"/api/v1/participation/?commune={code}&{query}").json()
    assert told["everybody"]["people"] == 23
    assert told["everybody"]["shares"]["heard"] == {"percent": 95, "is_exact": False}
    assert all(each["people"] is None or each["people"] % 5 == 0 for each in told["groups"].values())
    country = client.get(f"/api/v1/participation/?{query}").json()
    assert country["everybody"]["study"]["heard"] == {"percent": 65, "is_exact": True}
    assert [part["people"] for part in country["parts"] if part["scope"] == code[:2]] == [told["everybody"]["people"]]


def test_figures_of_what_is_not_there(client: Client, office: Organisation) -> None:
    draft = MeetingFactory.create(office=office, status=MeetingStatus.DRAFT, announced_at=None)
    for query, status in (
        (f"meeting={draft.public_id}", 404), ("meeting=x", 400), ("commune=999999", 404), ("province=zz", 404),
    ):  # fmt: skip
        assert client.get(f"/api/v1/participation/?{query}").status_code == status, query
