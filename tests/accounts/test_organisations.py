"""A clerk registers the office, staff verify it, colleagues come and go, guardians' consents are recorded."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import MembershipRole, OrganisationKind
from accounts.models import GuardianConsent, Membership, Organisation, User
from accounts.models.organisation import ADULTS_ONLY
from accounts.rules import is_member_of, may_record_consent, speaks_for
from accounts.services import (
    MinorError,
    OfficeTakenError,
    accept_membership,
    add_member,
    apply_for_office,
    find_ngo_of,
    find_office_of,
    join,
    refuse_organisation,
)
from places.models import Commune
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory

pytestmark = pytest.mark.django_db
OFFICE = "/en/me/office/"
CONSENT = "/en/me/consent/"


def test_a_clerk_registers_the_office(client: Client, stranger: User, commune: Commune) -> None:
    client.force_login(stranger)
    data = {"commune": commune.code, "commune_mode": "name", "role": "clerk", "title_km": "ស្មៀនឃុំ"}
    assert client.post(OFFICE, data)["Location"] == OFFICE
    office = find_office_of(User.objects.get(pk=stranger.pk))
    assert office is not None
    assert (office.kind, office.commune, office.is_verified) == (OrganisationKind.COMMUNE_OFFICE, commune, False)
    assert office.name_km == f"សាលាឃុំ{commune.name_km}"
    assert "We are checking this office." in client.get(OFFICE).content.decode()


def test_a_registered_office_is_not_registered_twice(client: Client, stranger: User, office: Organisation) -> None:
    client.force_login(stranger)
    data = {"commune": office.commune.code, "commune_mode": "name", "role": "clerk"}
    form = client.post(OFFICE, data).context["form"]
    assert dict(form.errors) == {"commune": ["This office is registered already. Ask a colleague there to add you."]}
    with pytest.raises(OfficeTakenError):
        apply_for_office(stranger, commune=office.commune, role=MembershipRole.CLERK)


def test_a_refused_office_stands_open_again(stranger: User, clerk: User, office: Organisation) -> None:
    refuse_organisation(office, by=stranger)
    again = apply_for_office(stranger, commune=office.commune, role=MembershipRole.CLERK)
    assert (again, again.verification) == (office, "waiting")
    assert list(office.memberships.active().values_list("user", flat=True)) == [stranger.pk]


def test_a_minor_acts_for_no_office(client: Client, commune: Commune) -> None:
    minor = UserFactory.create(minor=True)
    client.force_login(minor)
    client.post(OFFICE, {"commune": commune.code, "commune_mode": "name", "role": "clerk"})
    assert Organisation.objects.count() == 0


@pytest.mark.parametrize("birth_year", [None, timezone.localdate().year - 18])
def test_a_minor_is_made_no_official(
    client: Client, clerk: User, office: Organisation, stranger: User, birth_year: int | None
) -> None:
    stranger.birth_year = birth_year
    stranger.save(update_fields=["birth_year"])
    with pytest.raises(MinorError):
        join(stranger, organisation=office, role=MembershipRole.CLERK)
    client.force_login(clerk)
    form = client.post(OFFICE + "members/add/", {"username": "stranger", "role": "official"}).context["form"]
    assert dict(form.errors) == {"username": [ADULTS_ONLY]}
    client.force_login(UserFactory.create(is_superuser=True))
    data = {"user": "stranger", "organisation": str(office.pk), "role": "clerk"}
    page = client.post("/admin/memberships/new/", data)
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["user"])
    assert stranger.memberships.count() == 0


def test_the_picker_in_the_office_form(client: Client, stranger: User, commune: Commune) -> None:
    client.force_login(stranger)
    page = client.post(OFFICE, {"commune_q": commune.name_en, "commune_do": "find", "title_en": "Clerk"})
    assert commune.code in page.content.decode()
    assert 'value="Clerk"' in page.content.decode()
    assert dict(page.context["form"].errors) == {}


def test_a_colleague_is_added_and_taken_out(client: Client, clerk: User, stranger: User) -> None:
    client.force_login(clerk)
    client.post(OFFICE + "members/add/", {"username": "STRANGER", "role": "official"})
    membership = Membership.objects.get(user=stranger)
    assert (membership.role, membership.ended_at) == ("official", None)
    accept_membership(membership)
    client.post(f"{OFFICE}members/{membership.pk}/end/")
    membership.refresh_from_db()
    assert membership.ended_at is not None


@pytest.fixture
def invitation(client: Client, clerk: User, stranger: User) -> Membership:
    client.force_login(clerk)
    client.post(OFFICE + "members/add/", {"username": "stranger", "role": "official"})
    invited: Membership = stranger.memberships.get()
    return invited


def test_whoever_is_invited_stays_nameless_and_without_rights(
    client: Client, invitation: Membership, office: Organisation, stranger: User
) -> None:
    page = client.get(OFFICE).content.decode()
    assert ("stranger" in page, stranger.given_name_latin in page, stranger.get_full_name() in page) == (
        True,
        False,
        False,
    )
    assert (speaks_for(stranger, office), is_member_of(stranger, office), may_record_consent(stranger)) == (False,) * 3
    assert list(office.memberships.active().filter(user=stranger)) == []


def test_the_invited_person_accepts(client: Client, invitation: Membership, office: Organisation) -> None:
    client.force_login(invitation.user)
    for address in (OFFICE, "/en/me/settings/"):
        assert f"{office.name_en} invites you." in client.get(address).content.decode()
    assert client.post(f"{OFFICE}invitations/{invitation.pk}/", {"accept": "1"})["Location"] == OFFICE
    assert speaks_for(User.objects.get(pk=invitation.user_id), office)
    assert invitation.user.get_full_name() in client.get(OFFICE).content.decode()


def test_the_invited_person_declines(client: Client, invitation: Membership, office: Organisation) -> None:
    client.force_login(invitation.user)
    client.post(f"{OFFICE}invitations/{invitation.pk}/", {"decline": "1"})
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.ended_at is None) == (None, False)
    assert client.post(f"{OFFICE}invitations/{invitation.pk}/", {"accept": "1"}).status_code == 404


def test_nobody_else_answers_an_invitation(client: Client, invitation: Membership) -> None:
    assert client.post(f"{OFFICE}invitations/{invitation.pk}/", {"accept": "1"}).status_code == 404
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.ended_at) == (None, None)


def test_inviting_a_member_again_changes_the_role_only(clerk: User, office: Organisation) -> None:
    add_member(office, username="clerk", role=MembershipRole.CHIEF)
    assert [row.role for row in office.memberships.active()] == ["chief"]


def test_an_unknown_colleague_is_told(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    form = client.post(OFFICE + "members/add/", {"username": "nobody", "role": "clerk"}).context["form"]
    assert dict(form.errors) == {"username": ["We know nobody by this username."]}


def test_an_unverified_office_adds_nobody(client: Client, stranger: User) -> None:
    waiting = MembershipFactory.create(organisation=OfficeFactory.create(waiting=True)).user
    client.force_login(waiting)
    assert client.post(OFFICE + "members/add/", {"username": "stranger", "role": "clerk"}).status_code == 403


def test_nobody_is_taken_out_of_another_office(client: Client, clerk: User) -> None:
    other = MembershipFactory.create()
    client.force_login(clerk)
    assert client.post(f"{OFFICE}members/{other.pk}/end/").status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


def test_joining_again_changes_the_role(stranger: User, ngo: Organisation) -> None:
    first = join(stranger, organisation=ngo, role=MembershipRole.AUTHOR)
    second = join(stranger, organisation=ngo, role=MembershipRole.MANAGER, title_en="Head")
    assert (first.pk, second.role, second.title_en) == (second.pk, "manager", "Head")
    assert find_ngo_of(stranger) == ngo


def test_the_database_keeps_one_active_membership(clerk: User, office: Organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=clerk, organisation=office, role=MembershipRole.CHIEF)


def test_members_cost_the_same_with_more_rows(client: Client, clerk: User, office: Organisation) -> None:
    client.force_login(clerk)
    counts = []
    for _round in range(2):
        MembershipFactory.create(organisation=office)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(OFFICE).status_code == 200
        counts.append(len(queries))
    assert counts == [5, 5]


@pytest.fixture
def minor(db: None) -> User:
    return UserFactory.create(username="minor", birth_year=timezone.localdate().year - 17)


def consent_data(**changes: Any) -> dict[str, Any]:
    given = {"username": "minor", "guardian_name": "សុខ វណ្ណា", "guardian_phone": "", "channel": "paper"}
    return given | changes


def test_a_clerk_records_and_withdraws_a_consent(client: Client, clerk: User, minor: User) -> None:
    client.force_login(clerk)
    assert client.post(CONSENT, consent_data()).status_code == 302
    consent = GuardianConsent.objects.get()
    assert (consent.user, consent.recorded_by, consent.withdrawn_at) == (minor, clerk, None)
    assert "សុខ វណ្ណា" in client.get(CONSENT).content.decode()
    client.post(CONSENT, {"withdraw": consent.pk})
    consent.refresh_from_db()
    assert (consent.withdrawn_by, consent.withdrawn_at is None) == (clerk, False)


def test_a_new_consent_ends_the_old_one(client: Client, clerk: User, minor: User) -> None:
    client.force_login(clerk)
    client.post(CONSENT, consent_data())
    client.post(CONSENT, consent_data(channel="phone", guardian_phone="012 345 678"))
    assert list(minor.guardian_consents.filter(withdrawn_at=None).values_list("guardian_phone", flat=True)) == [
        "+85512345678"
    ]
    assert minor.guardian_consents.count() == 2


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"username": "nobody"}, {"username": ["We know nobody of 15 to 17 by this username."]}),
        ({"username": "stranger"}, {"username": ["We know nobody of 15 to 17 by this username."]}),
        ({"channel": "phone"}, {"guardian_phone": ["Write down the number you called."]}),
        ({"guardian_phone": "012"}, {"guardian_phone": ["6 digits short. Example: 012 345 678"]}),
    ],
)
def test_a_consent_that_does_not_fit(
    client: Client, clerk: User, minor: User, stranger: User, changes: dict[str, str], errors: dict[str, list[str]]
) -> None:
    client.force_login(clerk)
    assert dict(client.post(CONSENT, consent_data(**changes)).context["form"].errors) == errors
    assert GuardianConsent.objects.count() == 0


@pytest.mark.parametrize("who", ["learner", "minor"])
def test_others_record_nothing(client: Client, learner: User, minor: User, who: str) -> None:
    client.force_login(User.objects.get(username=who))
    assert client.get(CONSENT).status_code == 403
    assert client.post(CONSENT, consent_data()).status_code == 403


def test_withdrawing_what_another_recorded(client: Client, clerk: User, editor: User, minor: User) -> None:
    client.force_login(editor)
    client.post(CONSENT, consent_data())
    client.force_login(clerk)
    assert client.post(CONSENT, {"withdraw": GuardianConsent.objects.get().pk}).status_code == 404


@pytest.mark.parametrize("typed", ["abc", "", "\x00", "9" * 30, "9" * 5000])
def test_withdrawing_what_is_no_number(client: Client, clerk: User, typed: str) -> None:
    client.force_login(clerk)
    assert client.post(CONSENT, {"withdraw": typed}).status_code == 404
