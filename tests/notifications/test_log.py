"""The staff's log of deliveries: no person in it, and a second try only where nobody was reached."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from notifications.enums import Channel, DeliveryReason, DeliveryStatus
from notifications.models import Delivery
from tests.factories.accounts import UserFactory
from tests.factories.notifications import tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]  # by day: letters wait in the night


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory.create(is_superuser=True, is_staff=True))
    return client


def log(reader: User, key: str, **values: Any) -> Delivery:
    """The e-mail of one notification, with this outcome."""
    tell(reader, key=key)
    rows = Delivery.objects.filter(notification__dedupe_key=key, channel=Channel.EMAIL)
    rows.update(**values)
    return rows.get()


def test_it_says_what_and_why_and_never_who(staff: Client, reader: User) -> None:
    log(reader, "a", status=DeliveryStatus.GIVEN_UP, reason=DeliveryReason.REFUSED, attempts=6)
    page = staff.get(reverse("delivery-log")).content.decode()
    with translation.override("km"):
        for text in ("Normal things", f"{DeliveryStatus.GIVEN_UP.label}: {DeliveryReason.REFUSED.label}"):
            assert text in page
    assert "reader" not in page
    assert "example.org" not in page


def test_it_is_filtered_by_state(staff: Client, reader: User) -> None:
    log(reader, "a", status=DeliveryStatus.GIVEN_UP, reason=DeliveryReason.BUSY)
    shown = staff.get(reverse("delivery-log"), {"status": "sent"}).context["lines"]
    assert [line.row.status for line in shown] == []
    shown = staff.get(reverse("delivery-log"), {"status": "given_up"}).context["lines"]
    assert [line.row.status for line in shown] == ["given_up"]
    assert len(staff.get(reverse("delivery-log"), {"status": "nonsense"}).context["lines"]) == Delivery.objects.count()


@pytest.mark.parametrize("reason", [DeliveryReason.NO_CONNECTION, DeliveryReason.BUSY, DeliveryReason.REFUSED])
def test_what_reached_nobody_is_tried_again(staff: Client, reader: User, reason: DeliveryReason) -> None:
    row = log(reader, "a", status=DeliveryStatus.GIVEN_UP, reason=reason, attempts=6)
    staff.post(reverse("delivery-again", args=[row.public_id]))
    row.refresh_from_db()
    assert (row.status, row.attempts) == (DeliveryStatus.SENT, 1)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (DeliveryStatus.GIVEN_UP, DeliveryReason.INTERRUPTED),
        (DeliveryStatus.DROPPED, DeliveryReason.SWITCHED_OFF),
        (DeliveryStatus.SENT, ""),
    ],
)
def test_nobody_is_told_twice(staff: Client, reader: User, status: str, reason: str) -> None:
    row = log(reader, "a", status=status, reason=reason)
    staff.post(reverse("delivery-again", args=[row.public_id]))
    row.refresh_from_db()
    assert row.status == status
    assert mail.outbox == []


def test_it_belongs_to_staff(client: Client, reader: User) -> None:
    row = log(reader, "a", status=DeliveryStatus.GIVEN_UP, reason=DeliveryReason.BUSY)
    client.force_login(reader)
    assert client.get(reverse("delivery-log")).status_code in (302, 403)
    assert client.post(reverse("delivery-again", args=[row.public_id])).status_code in (302, 403)
    row.refresh_from_db()
    assert row.status == DeliveryStatus.GIVEN_UP


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_long(
    staff: Client, reader: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        log(reader, str(number))
    staff.get(reverse("delivery-log"))
    with django_assert_num_queries(11):
        staff.get(reverse("delivery-log"))
