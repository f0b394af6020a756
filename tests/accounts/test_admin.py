"""The editors' admin: people without first names, organisations that staff check."""

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import MembershipRole
from accounts.models import Membership, Organisation, User
from accounts.rules import STAFF
from accounts.signals import organisation_verified
from places.models import Commune
from tests.factories.accounts import PASSWORD, MembershipFactory, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client: Client) -> User:
    boss: User = UserFactory.create(username="boss", is_superuser=True, is_staff=True)
    client.force_login(boss)
    return boss


@pytest.fixture
def staff(client: Client) -> User:
    staff: User = UserFactory.create(username="staff")
    staff.groups.add(Group.objects.get(name=STAFF))
    client.force_login(staff)
    return staff


def test_people_are_listed_made_changed_and_found(client: Client, boss: User) -> None:
    assert client.get("/admin/users/").status_code == 200
    assert client.get("/admin/users/?q=boss").status_code == 200
    page = client.get("/admin/users/new/").content.decode()
    assert 'name="family_name_km"' in page
    assert 'name="first_name"' not in page
    made = client.post(
        "/admin/users/new/",
        {"username": "Sokha", "given_name_km": "សុខា", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert made.status_code == 302
    person = User.objects.get(username="sokha")
    assert (person.given_name_km, person.check_password(PASSWORD)) == ("សុខា", True)
    address = f"/admin/users/edit/{person.pk}/"
    assert 'value="សុខា"' in client.get(address).content.decode()
    changed = client.post(address, {"username": "sokha", "given_name_km": "សុខខា", "is_active": "on"})
    assert changed.status_code == 302
    person.refresh_from_db()
    assert (person.given_name_km, person.is_active) == ("សុខខា", True)


def test_deleting_a_person_leaves_a_nameless_row(client: Client, boss: User, learner: User) -> None:
    assert client.post(f"/admin/users/delete/{learner.pk}/").status_code == 302
    learner.refresh_from_db()
    assert (learner.is_active, learner.given_name_km, learner.is_deleted) == (False, "", True)


def test_an_editors_own_names(client: Client, boss: User) -> None:
    page = client.get("/admin/account/").content.decode()
    assert 'name="name_email-family_name_km"' in page
    assert "first_name" not in page


def test_staff_come_in_by_the_common_door_and_land_in_the_admin(client: Client) -> None:
    boss = UserFactory.create(phone="+85512345678", is_superuser=True)
    door = client.get("/admin/", follow=True)
    address, _status = door.redirect_chain[-1]
    assert address == "/km/accounts/login/?next=%2Fadmin%2F"
    landed = client.post(address, {"login": "012 345 678", "password": PASSWORD, "next": "/admin/"}, follow=True)
    assert (landed.redirect_chain, landed.status_code) == ([("/admin/", 302)], 200)
    assert landed.wsgi_request.user == boss
    assert client.get("/admin/login/?next=/admin/users/")["Location"] == "/admin/users/"


def test_the_admins_own_sign_in_lets_nobody_in(client: Client) -> None:
    boss = UserFactory.create(is_superuser=True)
    response = client.post("/admin/login/?next=//evil.example/", {"username": boss.username, "password": PASSWORD})
    assert response["Location"] == "/km/accounts/login/?next=%2Fadmin%2F"
    assert get_user(client).is_authenticated is False
    assert client.get("/admin/password_reset/").status_code == 404


def test_whoever_has_no_business_there_is_told_so(client: Client, learner: User) -> None:
    client.force_login(learner)
    assert client.get("/admin/", follow=True).status_code == 403


def test_staff_see_organisations_and_memberships(client: Client, staff: User, clerk: User) -> None:
    office = clerk.memberships.get().organisation
    for address in ("organisations/", "organisations/new/", f"organisations/edit/{office.pk}/", "memberships/"):
        assert client.get(f"/admin/{address}").status_code == 200, address


def test_staff_add_an_ngo_and_a_member(client: Client, staff: User, stranger: User, commune: Commune) -> None:
    data = {"kind": "commune_office", "name_km": "សាលា", "name_en": "Office", "commune": commune.code}
    assert client.post("/admin/organisations/new/", data).status_code == 302
    office = Organisation.objects.get()
    assert (office.commune, office.is_verified) == (commune, False)
    data = {"user": "stranger", "organisation": str(office.pk), "role": MembershipRole.CLERK}
    assert client.post("/admin/memberships/new/", data).status_code == 302
    assert Membership.objects.get().user == stranger


def test_staff_verify_an_office_once(client: Client, staff: User) -> None:
    office = OfficeFactory.create(waiting=True)
    MembershipFactory.create(organisation=office, user__phone="+85512345678")
    heard: list[Organisation] = []

    def hear(organisation: Organisation, **kwargs: Any) -> None:
        heard.append(organisation)

    organisation_verified.connect(hear)
    try:
        assert "012 345 678" in client.get(f"/admin/organisations/check/{office.pk}/").content.decode()
        for _time in range(2):
            client.post(f"/admin/organisations/check/{office.pk}/", {"verify": "1"})
    finally:
        organisation_verified.disconnect(hear)
    office.refresh_from_db()
    assert (office.is_verified, office.verified_by, heard) == (True, staff, [office])


def test_staff_refuse_an_office(client: Client, staff: User) -> None:
    office = OfficeFactory.create()
    client.post(f"/admin/organisations/check/{office.pk}/", {"refuse": "1"})
    office.refresh_from_db()
    assert (office.verification, office.verified_at) == ("refused", None)


def test_nobody_else_verifies(client: Client, editor: User) -> None:
    office = OfficeFactory.create(waiting=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    assert client.post(f"/admin/organisations/check/{office.pk}/", {"verify": "1"}).status_code in (302, 403)
    office.refresh_from_db()
    assert not office.is_verified


def test_lists_cost_the_same_with_more_rows(client: Client, staff: User) -> None:
    for address in ("organisations", "memberships"):
        client.get(f"/admin/{address}/")
    counts = []
    for _round in range(2):
        MembershipFactory.create()
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/organisations/")
        with CaptureQueriesContext(connection) as more:
            client.get("/admin/memberships/")
        counts.append((len(queries), len(more)))
    assert counts[0] == counts[1]
