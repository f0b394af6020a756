"""The same number of queries with one row and with three, on every page of a round."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Organisation, User
from tests.factories.accounts import UserFactory
from tests.factories.rounds import RoundFactory, choose, make_places, score_all
from volunteers.models import Round
from volunteers.services.rounds.confirming import confirm
from volunteers.services.rounds.planning import change_round, enter_seed
from volunteers.services.rounds.running import record_run

pytestmark = pytest.mark.django_db


def build(row: Round, office: Organisation, person: User, count: int) -> None:
    places = make_places(row, *[1] * count, request__office=office)
    choose(places, person)
    for _ in range(count - 1):
        choose(places, UserFactory.create())


def count(client: Client, *names: object) -> int:
    """Queries of a page, once what is kept between requests is warm."""
    name, *args = names
    address = reverse(str(name), args=args)
    cache.clear()
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize("rows", [1, 3])
def test_for_visitors_and_learners(client: Client, office: Organisation, rows: int) -> None:
    row, person = RoundFactory.create(), UserFactory.create()
    build(row, office, person, rows)
    for _ in range(rows - 1):
        make_places(RoundFactory.create(), 1)
    visitor = [count(client, "rounds"), count(client, "round", row.public_id)]
    client.force_login(person)
    assert (visitor, count(client, "rounds"), count(client, "round", row.public_id)) == ([1, 3], 5, 9)


@pytest.mark.parametrize("rows", [1, 3])
def test_for_offices_and_staff(client: Client, office: Organisation, clerk: User, officer: User, rows: int) -> None:
    row, person = RoundFactory.create(ready=True), UserFactory.create()
    build(row, office, person, rows)
    score_all(row, 4, clerk)
    place = row.requests.first()
    assert place is not None
    client.force_login(clerk)
    found = [
        count(client, "round-office", row.public_id),
        count(client, "round-place", row.public_id, place.public_id),
    ]
    enter_seed(row, "1", by=officer, note="lottery")
    kept = record_run(row, by=officer)
    client.force_login(officer)
    found.append(count(client, "round-staff", row.public_id))
    found.append(count(client, "round-run-page", row.public_id, kept.number))
    confirm(kept, by=officer, note="checked")
    change_round(row, "send_offers", by=officer)
    client.force_login(person)
    assert [*found, count(client, "round", row.public_id)] == [4, 15, 16, 9, 13]
