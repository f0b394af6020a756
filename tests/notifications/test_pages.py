"""The bell, the list, the settings; strangers; own data."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.services import collect_export, delete_account
from notifications.enums import Channel
from notifications.models import Delivery, Notification, Preference
from notifications.services.preferences import read_choices
from notifications.services.reading import count_unread
from tests.factories.notifications import LOW, NORMAL, URGENT, tell

pytestmark = pytest.mark.django_db
LIST = "/en/notifications/"
SETTINGS = "/en/notifications/settings/"


@pytest.fixture
def page(client: Client, reader: User) -> Client:
    client.force_login(reader)
    return client


def read(client: Client, url: str = LIST) -> str:
    return client.get(url).content.decode()


def test_the_bell_counts_and_costs_no_query(page: Client, reader: User) -> None:
    assert 'aria-label="Notifications"' in read(page, SETTINGS)
    tell(reader, key="a")
    tell(reader, key="b")
    assert 'aria-label="Notifications: 2"' in read(page, SETTINGS)
    with translation.override("km"):
        assert '<b class="count">២</b>' in read(page, "/km/notifications/settings/")


def test_visitors_have_no_bell(client: Client, db: None) -> None:
    assert "#i-bell" not in read(client, "/en/accounts/login/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(
    page: Client, reader: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        tell(reader, key=str(number))
    with django_assert_num_queries(5):  # session, user, memberships of the frame, the rows, seen
        read(page)
    with django_assert_num_queries(4):
        read(page)


def test_twenty_a_page_and_none_twice(page: Client, reader: User) -> None:
    for number in range(25):
        tell(reader, key=str(number))
    first = read(page)
    cursor = re.search(r'href="(\?cursor=[^"]+)"', first)
    assert cursor
    second = read(page, LIST + cursor.group(1))
    ids = [set(re.findall(r'href="/en/notifications/([0-9a-f-]{36})/"', text)) for text in (first, second)]
    assert [len(found) for found in ids] == [20, 5]
    assert len(ids[0] | ids[1]) == 25


def test_one_and_all_are_read_without_a_script(page: Client, reader: User) -> None:
    rows = [tell(reader, key=str(number)) for number in range(3)]
    page.post(reverse("notification-read", args=[rows[0].public_id]))
    reader.refresh_from_db()
    assert reader.unread_notifications == 2
    page.post(reverse("notifications-read"))
    reader.refresh_from_db()
    assert (reader.unread_notifications, Notification.objects.filter(read_at=None).count()) == (0, 0)
    assert "You have read everything." in read(page)


def test_following_reads_and_leads_on_in_the_readers_language(page: Client, reader: User) -> None:
    row = tell(reader)
    answer = page.get(f"/km/notifications/{row.public_id}/")
    assert answer["Location"] == "/km/requests/"
    row.refresh_from_db()
    assert row.is_read


def test_the_number_heals_itself(reader: User) -> None:
    tell(reader)
    User.objects.filter(pk=reader.pk).update(unread_notifications=9)
    assert count_unread(reader) == 1


@pytest.mark.parametrize(("what", "stopped"), [("thread", ["thread:g"]), ("kind", ["kind:test.normal"])])
def test_one_tap_in_the_list_stops_it_on_all_ways(page: Client, reader: User, what: str, stopped: list[str]) -> None:
    row = tell(reader, group_key="g")
    page.post(reverse("notification-stop", args=[row.public_id]), {"what": what})
    kept = Preference.objects.filter(is_on=False)
    assert sorted(kept.values_list("channel", "scope")) == [("email", *stopped), ("site", *stopped)]


def test_strangers_find_nothing(reader: User, stranger: User, client: Client) -> None:
    row = tell(reader)
    client.force_login(stranger)
    assert client.get(reverse("notification", args=[row.public_id])).status_code == 404
    for name in ("notification-read", "notification-stop"):
        assert client.post(reverse(name, args=[row.public_id])).status_code == 404
    client.post(reverse("notifications-read"))
    row.refresh_from_db()
    assert (row.read_at, Preference.objects.count()) == (None, 0)
    assert str(row.public_id) not in read(client)


def boxes(form: Any) -> dict[str, str]:
    return {name: "on" for name, field in form.fields.items() if field.initial}


def test_settings_keep_what_was_switched_and_only_that(page: Client, reader: User) -> None:
    form = page.get(SETTINGS).context["form"]
    data = boxes(form)
    page.post(SETTINGS, data)
    assert Preference.objects.count() == 0
    del data["email|kind:test.normal"]
    page.post(SETTINGS, data | {"email|kind:test.low": "on"})
    kept = Preference.objects.values_list("channel", "scope", "is_on")
    assert sorted(kept) == [("email", "kind:test.low", True), ("email", "kind:test.normal", False)]
    assert boxes(page.get(SETTINGS).context["form"]) == data | {"email|kind:test.low": "on"}


def test_a_stopped_thread_is_heard_again(page: Client, reader: User) -> None:
    row = tell(reader, group_key="g")
    page.post(reverse("notification-stop", args=[row.public_id]), {"what": "thread"})
    form = page.get(SETTINGS).context["form"]
    assert [box.label for box in form.stopped] == ["News of the work"]
    page.post(SETTINGS, boxes(form) | {"thread:g": "on"})
    assert read_choices(reader).allows(Channel.EMAIL, NORMAL, "g")


def test_own_data_goes_along_and_is_forgotten(reader: User) -> None:
    tell(reader, URGENT)
    tell(reader, LOW, key="low")
    part = collect_export(reader)["parts"]["notifications"]
    assert [line["kind"] for line in part["told"]] == ["test.urgent", "test.low"]
    assert [len(line["deliveries"]) for line in part["told"]] == [1, 0]
    delete_account(reader)
    assert (Notification.objects.count(), Delivery.objects.count(), reader.unread_notifications) == (0, 0, 0)
