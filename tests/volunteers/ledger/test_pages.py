"""The ledger on the screen and as a file."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.places import CommuneFactory
from tests.volunteers.ledger.days import apply
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import NoPlaceReason
from volunteers.models import LedgerChain
from volunteers.services.ledger.daily import write_due
from volunteers.services.ledger.verifying import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db: None) -> User:
    return UserFactory.create(username="staff", is_superuser=True, is_staff=True)


def write(office: Organisation, count: int = 1) -> LedgerChain:
    for _ in range(count):
        apply(office, days=3, to=A.NOT_PLACED, reason="skills")
    write_due()
    chain: LedgerChain = office.ledger_chains.get()
    return chain


def test_a_downloaded_file_holds(client: Client, clerk: User, office: Organisation) -> None:
    chain = write(office)
    client.force_login(clerk)
    answer: Any = client.get(reverse("ledger-export", args=[chain.public_id, "jsonl"]))
    lines = b"".join(answer).splitlines(keepends=True)
    assert verify(lines).head == chain.entries.order_by("-number")[0].hash
    assert json.loads(lines[-1])["body"]["reasons"] == {"skills": 1}
    assert client.get(reverse("ledger-export", args=[chain.public_id, "csv"])).status_code == 200
    assert client.get(reverse("ledger-export", args=[chain.public_id, "exe"])).status_code == 404


def test_the_chain_is_read_in_words(client: Client, clerk: User, office: Organisation) -> None:
    chain = write(office, 2)
    client.force_login(clerk)
    page = client.get(reverse("ledger-chain", args=[chain.public_id])).content.decode()
    assert str(NoPlaceReason.SKILLS.label) in page
    assert "{" not in page.split("<main")[1].split("</main")[0]


def test_a_rival_office_finds_nothing(client: Client, office: Organisation) -> None:
    chain = write(office)
    client.force_login(MembershipFactory.create(organisation=OfficeFactory.create()).user)
    for name, more in (("ledger-chain", []), ("ledger-export", ["jsonl"]), ("ledger-export", ["csv"])):
        assert client.get(reverse(name, args=[chain.public_id, *more])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_stay_the_same(
    client: Client, staff: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        apply(OfficeFactory.create(), days=2)
    write_due()
    client.force_login(staff)
    client.get(reverse("ledger"))
    with django_assert_num_queries(7):
        assert len(client.get(reverse("ledger")).context["lines"]) == count


def test_the_list_by_province(client: Client, staff: User, office: Organisation) -> None:
    other = {"code": "030101", "district__code": "0301", "district__province__code": "03"}
    apply(OfficeFactory.create(commune=CommuneFactory.create(**other)), days=3)
    write(office)
    client.force_login(staff)
    code = office.commune.code[:2]  # type: ignore[union-attr]
    lines = client.get(reverse("ledger"), {"province": code}).context["lines"]
    assert [line.chain.office for line in lines] == [office]
