"""The listing follows every change; what drifts all the same is found and mended. The API tells the same."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from home.services.clocks import keep_clocks
from tests.factories.accounts import OfficeFactory
from tests.factories.courses import SkillFactory
from tests.factories.places import CommuneFactory, DistrictFactory
from tests.factories.volunteers import RequestFactory
from volunteers.models import OfficeFigures, RequestListing, RequestText, VolunteerRequest
from volunteers.services.applications import answer, send_application
from volunteers.services.clocks import expire_if_overdue
from volunteers.services.finding.listing import recount
from volunteers.services.requests import change_request, publish, save_request

pytestmark = pytest.mark.django_db


def listed(item: VolunteerRequest) -> RequestListing:
    return RequestListing.objects.get(pk=item.pk)


def test_every_change_of_state_is_followed(office: Organisation, clerk: User) -> None:
    item = RequestFactory.create(office=office, draft=True)
    assert not listed(item).is_open
    item = publish(item, by=clerk)
    assert (listed(item).is_open, listed(item).standing) == (True, 10 + 5)
    change_request(item, "stop", by=clerk)
    assert not listed(item).is_open
    change_request(item, "resume", by=clerk)
    VolunteerRequest.objects.filter(pk=item.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    expire_if_overdue(VolunteerRequest.objects.get(pk=item.pk))
    assert not listed(item).is_open


def test_saving_is_followed(office: Organisation, clerk: User) -> None:
    skills = SkillFactory.create_batch(2)
    item = RequestFactory.create(office=office, draft=True)
    item.title_km, item.remote_share, item.is_evening, item.minimum_age = "ចំណងជើងថ្មី", 50, True, 18
    save_request(item, by=clerk, skills=skills, course_keys=[])
    row = listed(item)
    assert (row.is_remote, row.times, row.minimum_age) == (True, 0b101, 18)
    assert row.skill_set is not None
    assert row.skill_set.skill_ids == [skill.pk for skill in skills]
    assert "ចំណងជើងថ្មី" in RequestText.objects.get(pk=item.pk).text


def test_drift_is_reported_and_mended(office: Organisation) -> None:
    item, other = RequestFactory.create_batch(2, office=office)
    assert recount() == []
    RequestListing.objects.filter(pk=item.pk).update(received=7, is_remote=True)
    RequestListing.objects.filter(pk=other.pk).delete()
    out = StringIO()
    call_command("recount_listings", stdout=out)
    assert f"request {item.pk}, received: 7 is 0" in out.getvalue()
    assert f"request {item.pk}, is_remote: True is False" in out.getvalue()
    call_command("recount_listings", repair=True, stdout=out)
    assert recount() == []
    assert (listed(item).received, listed(other).is_open) == (0, True)


def test_the_clocks_count_the_day(office: Organisation) -> None:
    item = RequestFactory.create(office=office, opened_at=timezone.now() - timedelta(days=5))
    RequestListing.objects.update(counted_date=None, standing=-9)
    keep_clocks()
    assert (listed(item).fresh, listed(item).standing) == (7, 7 + 5)


def test_the_api_filters_orders_and_explains(client: Client, learner: User, office: Organisation) -> None:
    far = RequestFactory.create(remote_share=0, covers_meals=True)
    near = RequestFactory.create(office=office, covers_transport=False, opened_at=timezone.now() - timedelta(days=4))

    def ask(**query: Any) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = client.get("/api/v1/requests/", query).json()["results"]
        return results

    assert [row["id"] for row in ask()] == [str(far.public_id), str(near.public_id)]
    assert [row["id"] for row in ask(costs="1")] == [str(far.public_id)]
    client.force_login(learner)
    best = ask(order="best")
    assert best[0]["id"] == str(near.public_id)
    assert best[0]["fit"] == best[0]["ranking"]["total"] == sum(best[0]["ranking"]["parts"].values())
    assert best[0]["ranking"]["parts"]["near"] == 30
    assert best[0]["reasons"] == ["ក្នុងឃុំរបស់អ្នក"]
    assert client.get(f"/api/v1/requests/{near.public_id}/").json()["ranking"] == best[0]["ranking"]


def test_an_empty_answer_of_the_api_offers_the_nearest(client: Client, office: Organisation) -> None:
    item = RequestFactory.create(office=office, remote_share=0)
    answer = client.get("/api/v1/requests/?remote=1", headers={"accept-language": "en"}).json()
    assert answer["results"] == []
    assert [row["id"] for row in answer["nearest"]["results"]] == [str(item.public_id)]
    assert len(answer["nearest"]["loosened"]) == 1
    assert "nearest" not in client.get("/api/v1/requests/").json()


def test_a_place_is_named_alike_on_the_page_and_in_the_api(client: Client, office: Organisation) -> None:
    RequestFactory.create(office=office)
    district = DistrictFactory.create(code="1201", province__code="12")
    commune = CommuneFactory.create(code="120101", district=district)
    far = RequestFactory.create(office=OfficeFactory.create(commune=commune))
    cache.clear()
    for code in ("12", "1201", "120101"):
        found = client.get(f"/en/requests/?place={code}").context["found"]
        assert [row.pk for row in found.requests] == [far.pk]
        assert len(client.get(f"/api/v1/requests/?place={code}").json()["results"]) == 1


def test_what_volunteers_say_stands_in_the_row(client: Client, office: Organisation) -> None:
    RequestFactory.create(office=office)
    figures = OfficeFigures.objects.create(office=office)
    assert "volunteers</span>" not in client.get("/en/requests/").content.decode()
    assert client.get("/api/v1/requests/").json()["results"][0]["rating"] is None
    figures.public_count, figures.public_sum = 10, 138
    figures.save()
    assert "4.6 of 5, say 10 volunteers</span>" in client.get("/en/requests/").content.decode()
    assert client.get("/api/v1/requests/").json()["results"][0]["rating"] == {"average": 4.6, "count": 10}


def test_nothing_is_called_best_for_a_visitor(client: Client, learner: User, office: Organisation) -> None:
    RequestFactory.create(office=office)
    for address in ("/en/requests/", "/en/requests/?order=new"):
        assert "Best for you" not in client.get(address).content.decode()
    assert "<h2>New, at offices that answer soon</h2>" in client.get("/en/requests/").content.decode()
    client.force_login(learner)
    assert "<h2>Best for you</h2>" in client.get("/en/requests/").content.decode()


@pytest.mark.parametrize("order", ["best", "new", "closing"])
def test_pages_of_the_api_lose_nothing(client: Client, variety: list[VolunteerRequest], order: str) -> None:
    shown: list[str] = []
    address = f"/api/v1/requests/?order={order}&page_size=7"
    while address:
        answer = client.get(address).json()
        shown += [row["id"] for row in answer["results"]]
        address = answer["next"]
    assert sorted(shown) == sorted(str(item.public_id) for item in variety)


def test_whoever_withdraws_and_sends_again_counts_once(office: Organisation, learner: User) -> None:
    item = RequestFactory.create(office=office)
    for _ in range(3):
        answer(send_application(item, by=learner, answers=["Yes"], times=()), "withdraw", by=learner, reason="times")
    assert RequestListing.objects.get(pk=item.pk).received == 1
