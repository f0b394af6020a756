"""The person's own pages."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.enums import ConsentChannel
from accounts.models import InclusionProfile, InclusionRead, User
from accounts.services import (
    collect_export,
    delete_account,
    make_recovery_codes,
    read_inclusion,
    record_consent,
    save_inclusion,
)
from accounts.signals import deleting_account, exporting
from places.models import Commune
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SETTINGS = "/en/me/settings/"
PAGES = ["", "profile/", "preferences/", "inclusion/", "export/", "delete/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["km", "en"])
def test_every_page_opens(client: Client, learner: User, page: str, language: str) -> None:
    client.force_login(learner)
    response = client.get(f"/{language}/me/settings/{page}")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(client: Client, page: str) -> None:
    response = client.get(SETTINGS + page)
    assert response["Location"] == f"/en/accounts/login/?next={SETTINGS}{page}"


@pytest.mark.parametrize(
    "page",
    ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/", "password/reset/key/1-abc-def/"],
)
def test_pages_of_allauth_stand_in_our_frame(client: Client, db: None, page: str) -> None:
    response = client.get(f"/en/accounts/{page}", follow=True)
    assert response.status_code == 200
    assert 'class="skip"' in response.content.decode()


@pytest.mark.parametrize("page", ["logout/", "email/", "password/change/", "confirm-email/", "reauthenticate/"])
def test_pages_of_allauth_for_members(client: Client, learner: User, page: str) -> None:
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSWORD})
    response = client.get(f"/en/accounts/{page}")
    assert response.status_code == 200
    assert 'class="skip"' in response.content.decode()


def profile(**changes: Any) -> dict[str, Any]:
    given = {
        "family_name_km": "សុខ",
        "given_name_km": "ដារ៉ា",
        "family_name_latin": "SOK",
        "given_name_latin": "Dara",
        "phone": "012 345 678",
        "birth_year": "២០០៤",
        "home": "210901",
        "home_mode": "name",
        "now_mode": "name",
    }
    return given | changes


def test_names_phone_age_and_places(client: Client, learner: User, angk_ta_saom: Commune) -> None:
    client.force_login(learner)
    assert client.post(SETTINGS + "profile/", profile())["Location"] == SETTINGS
    learner.refresh_from_db()
    assert (learner.get_full_name(), learner.phone, learner.birth_year) == ("SOK Dara", "+85512345678", 2004)
    assert learner.home_commune == angk_ta_saom
    assert 'value="012 345 678"' in client.get(SETTINGS + "profile/").content.decode()


def test_the_page_shows_the_home_that_is_stored(client: Client, learner: User) -> None:
    client.force_login(learner)
    assert learner.home_commune is not None
    page = client.get(SETTINGS + "profile/").content.decode()
    assert f'name="home" value="{learner.home_commune.code}" checked' in page


def test_finding_another_home_saves_nothing_yet(client: Client, learner: User, angk_ta_saom: Commune) -> None:
    client.force_login(learner)
    response = client.post(SETTINGS + "profile/", profile(home="", home_q="angk", home_do="find", birth_year="x"))
    assert dict(response.context["form"].errors) == {}
    assert 'value="210901"' in response.content.decode()
    learner.refresh_from_db()
    assert learner.phone == ""


def test_what_was_told_once_is_not_taken_back_by_mistake(client: Client, learner: User) -> None:
    client.force_login(learner)
    response = client.post(SETTINGS + "profile/", profile(home="", birth_year=""))
    assert sorted(response.context["form"].errors) == ["birth_year", "home"]


def test_preferences(client: Client, learner: User) -> None:
    client.force_login(learner)
    client.post(SETTINGS + "preferences/", {"language": "en", "contrast": "dark", "saves_data": "on"})
    learner.refresh_from_db()
    assert (learner.language, learner.contrast, learner.saves_data) == ("en", "dark", True)
    assert 'data-theme="dark"' in client.get(SETTINGS).content.decode()


def test_a_minor_reads_about_the_guardian(client: Client, clerk: User) -> None:
    minor = UserFactory.create(minor=True)
    client.force_login(minor)
    assert "You are under 18." in client.get(SETTINGS).content.decode()
    record_consent(minor, by=clerk, guardian_name="Sok", channel=ConsentChannel.PAPER)
    assert "consent is recorded" in client.get(SETTINGS).content.decode()


def test_inclusion_needs_consent_and_is_deleted_at_once(client: Client, learner: User) -> None:
    client.force_login(learner)
    answers = {"has_disability": "yes", "has_id_poor": "no", "is_minority": "", "has_migrant_household": ""}
    refused = client.post(SETTINGS + "inclusion/", answers)
    assert list(refused.context["form"].errors) == ["consents"]
    client.post(SETTINGS + "inclusion/", answers | {"consents": "on"})
    stored = InclusionProfile.objects.get()
    assert (stored.has_disability, stored.has_id_poor, stored.is_minority) == (True, False, None)
    assert stored.consented_at <= timezone.now()
    assert InclusionRead.objects.count() == 0
    client.post(SETTINGS + "inclusion/withdraw/")
    assert InclusionProfile.objects.count() == 0


def test_every_read_by_another_is_logged(learner: User, stranger: User) -> None:
    save_inclusion(learner, has_disability=True)
    profile = read_inclusion(learner, by=stranger, reason="reserve check")
    assert profile is not None
    assert profile.has_disability
    assert list(InclusionRead.objects.values_list("profile_user", "reader", "reason")) == [
        (learner.pk, stranger.pk, "reserve check")
    ]
    with pytest.raises(ValueError, match="needs a reason"):
        read_inclusion(learner, by=stranger, reason=" ")


def test_the_export_holds_everything_and_others_add_to_it(client: Client, learner: User, stranger: User) -> None:
    save_inclusion(learner, has_disability=True)
    read_inclusion(learner, by=stranger, reason="reserve check")

    def add(user: User, parts: dict[str, Any], **kwargs: Any) -> None:
        parts["forums"] = {"posts": [f"by {user.username}"]}

    exporting.connect(add)
    try:
        client.force_login(learner)
        response = client.post(SETTINGS + "export/")
    finally:
        exporting.disconnect(add)
    assert response["Content-Disposition"].startswith('attachment; filename="chuoy-khum-')
    data = json.loads(response.content)
    assert data["format"] == 1
    assert data["parts"]["forums"] == {"posts": ["by learner"]}
    account = data["parts"]["account"]
    assert learner.home_commune is not None
    assert (account["username"], account["home_commune"]) == ("learner", learner.home_commune.code)
    assert account["inclusion"]["has_disability"] is True
    assert [read["reason"] for read in account["reads_of_inclusion"]] == ["reserve check"]


def test_the_export_knows_every_field_of_a_person(learner: User) -> None:
    """A new field on the person must be exported, or be named here with a reason."""
    apart = {
        "id",
        "password",  # a hash
        "last_login",
        "date_joined",  # as joined_at
        "is_superuser",
        "is_staff",
        "is_active",
        "deleted_at",
        "unread_notifications",  # a count of what the part "notifications" holds
    }
    fields = {field.name for field in User._meta.fields}
    exported = set(collect_export(learner)["parts"]["account"])
    assert fields - apart - exported == set()


def test_deleting_asks_for_the_password(client: Client, learner: User) -> None:
    client.force_login(learner)
    response = client.post(SETTINGS + "delete/", {"password": "wrong"})
    assert dict(response.context["form"].errors) == {"password": ["This is not your password. Try again."]}
    assert User.objects.filter(pk=learner.pk, deleted_at=None).exists()


def test_deleting_takes_the_person_and_leaves_the_row(client: Client, clerk: User) -> None:
    heard: list[str] = []

    def hear(user: User, **kwargs: Any) -> None:
        heard.append(user.username)

    make_recovery_codes(clerk)
    save_inclusion(clerk, is_minority=True)
    User.objects.filter(pk=clerk.pk).update(phone="+85512345678", email="a@example.org")
    client.force_login(clerk)
    deleting_account.connect(hear)
    try:
        assert client.post(SETTINGS + "delete/", {"password": PASSWORD}).status_code == 302
    finally:
        deleting_account.disconnect(hear)
    row = User.objects.get(pk=clerk.pk)
    assert heard == ["clerk"]
    assert not get_user(client).is_authenticated
    assert (row.phone, row.email, row.given_name_km, row.birth_year, row.home_commune) == ("", "", "", None, None)
    assert (row.is_active, row.has_usable_password(), row.is_deleted) == (False, False, True)
    assert "clerk" not in row.username
    assert row.public_name == "A former member"
    assert (row.recovery_codes.count(), row.memberships.filter(ended_at=None).count()) == (0, 0)
    assert InclusionProfile.objects.count() == 0


def test_after_deletion_the_other_phones_sessions_are_void(client: Client, learner: User) -> None:
    client.force_login(learner)
    delete_account(learner)
    assert client.get(SETTINGS).status_code == 302


def test_guessing_the_password_to_delete_is_stopped(client: Client, learner: User, settings: Any) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "reauthenticate": "2/m/user"}
    client.force_login(learner)
    answers = [client.post(SETTINGS + "delete/", {"password": "wrong"}).status_code for _try in range(3)]
    assert answers == [200, 200, 429]


def test_a_made_up_name_is_never_shown() -> None:
    user = UserFactory.build(
        username="kh-abcdefgh", family_name_km="", given_name_km="", family_name_latin="", given_name_latin=""
    )
    assert user.public_name == "សមាជិកម្នាក់"
