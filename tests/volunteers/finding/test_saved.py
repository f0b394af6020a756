"""Searches that people keep: one tap, ten at most, told once a day, stopped by one tap, nobody else's business."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import RequestFactory
from volunteers.models import SavedSearch
from volunteers.services.finding.watch import find_new, watch_searches

pytestmark = pytest.mark.django_db
NOON = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)


def keep(client: Client, query: str) -> None:
    client.post(reverse("search-keep"), {"query": query})


def make_search(user: User, query: str = "remote=on", **fields: object) -> SavedSearch:
    fields = {"name": query, "seen_until": NOON - timedelta(days=1), **fields}
    return SavedSearch.objects.create(user=user, query=query, **fields)  # type: ignore[misc]


def test_one_tap_keeps_the_filters_once(client: Client, learner: User) -> None:
    client.force_login(learner)
    page = client.get("/en/requests/", {"remote": "on", "days": "weekend", "order": "new", "cursor": "x"})
    for _ in range(2):
        client.post("/en/requests/searches/keep/", {"query": page.context["form"].query})
    search = SavedSearch.objects.get()
    assert (search.name, search.query) == ("Saturday and Sunday, Can be done from home", "days=weekend&remote=on")


def test_ten_are_the_most(client: Client, learner: User) -> None:
    client.force_login(learner)
    for number in range(11):
        keep(client, f"q={number}")
    assert learner.saved_searches.count() == 10
    assert "សូមលុបមួយសិន" in client.get(reverse("searches")).content.decode()


def test_what_is_new_is_told_once_for_all_searches(learner: User) -> None:
    first, second = make_search(learner), make_search(learner, "days=weekend")
    make_search(learner, "q=nowhere")
    RequestFactory.create(remote_share=100, is_weekend=True, opened_at=NOON - timedelta(days=2))
    item = RequestFactory.create(remote_share=100, is_weekend=True, opened_at=NOON - timedelta(hours=3))
    assert [watch_searches(NOON), watch_searches(NOON + timedelta(hours=1))] == [1, 0]
    news = Notification.objects.get()
    assert news.data["names"] == [first.name, second.name]
    assert (news.data["found"], news.data["request"]["km"]) == (1, item.title_km)
    RequestFactory.create(remote_share=100, opened_at=NOON + timedelta(hours=2))
    assert watch_searches(NOON + timedelta(hours=3)) == 0
    assert watch_searches(NOON + timedelta(days=1)) == 1
    assert news.url == "/requests/searches/"
    assert Notification.objects.latest("pk").url == f"/requests/?{first.query}&order=new"


def test_nobody_is_told_at_night(learner: User) -> None:
    make_search(learner)
    RequestFactory.create(remote_share=100, opened_at=NOON - timedelta(hours=15))
    assert watch_searches(NOON.replace(hour=3)) == 0
    assert watch_searches(NOON.replace(hour=6)) == 1


def test_one_tap_stops_the_news(client: Client, learner: User) -> None:
    search = make_search(learner)
    client.force_login(learner)
    client.post(reverse("search-switch", args=[search.public_id]))
    RequestFactory.create(remote_share=100, opened_at=NOON - timedelta(hours=3))
    assert watch_searches(NOON) == 0
    client.post(reverse("search-switch", args=[search.public_id]), {"told": "on"})
    search.refresh_from_db()
    assert search.is_told
    assert search.seen_until > NOON - timedelta(hours=23)  # only what opens from now on


def test_rename_and_delete(client: Client, learner: User) -> None:
    search = make_search(learner)
    client.force_login(learner)
    address = reverse("search-edit", args=[search.public_id])
    assert list(client.post(address, {"name": ""}).context["form"].errors) == ["name"]
    client.post(address, {"name": "ថ្មី", "is_told": "on"})
    search.refresh_from_db()
    assert search.name == "ថ្មី"
    for _ in range(2):
        client.post(reverse("search-delete", args=[search.public_id]))
    assert SavedSearch.objects.count() == 0


def test_a_search_is_nobody_elses(client: Client, learner: User) -> None:
    search = make_search(UserFactory.create())
    client.force_login(learner)
    assert client.get(reverse("search-edit", args=[search.public_id])).status_code == 404
    assert client.post(reverse("search-switch", args=[search.public_id])).status_code == 404
    client.post(reverse("search-delete", args=[search.public_id]))
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_many_searches_cost_the_queries_of_one(
    count: int, django_assert_num_queries: DjangoAssertNumQueries, learner: User
) -> None:
    for number in range(count):
        make_search(UserFactory.create(home_commune=learner.home_commune), f"near=district&q={number}")
    RequestFactory.create_batch(3, opened_at=NOON - timedelta(hours=3))
    searches = list(SavedSearch.objects.select_related("user__home_commune", "user__current_commune"))
    with django_assert_num_queries(5):
        find_new(searches, NOON)


def test_a_moment_is_looked_at_once(learner: User) -> None:
    """What opens while the clock runs is neither missed nor told twice."""
    search = make_search(learner)
    RequestFactory.create(remote_share=100, opened_at=NOON + timedelta(seconds=1))
    watch_searches(NOON)
    search.refresh_from_db()
    assert search.seen_until == datetime.fromisoformat(NOON.isoformat())
    assert Notification.objects.count() == 0
    assert watch_searches(NOON + timedelta(days=1)) == 1
