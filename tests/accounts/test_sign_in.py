"""Coming in by name or phone, coming back by code; nobody learns who has an account."""

import logging
import re
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client

from accounts.backends import LoginBackend
from accounts.models import User
from accounts.services import codes_from, make_recovery_codes
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
URL = "/en/accounts/login/"
BACK = "/en/me/come-back/"
NEW = "mango-rice-boat-12"
MISFIT = ["The name or number and the password do not fit together. Check both."]
NO_FIT = ["These do not fit together. Check the name or number and the code, or try another code."]


@pytest.fixture
def dara(db: None) -> User:
    return UserFactory.create(username="dara", phone="+85512345678")


def sign_in(client: Client, login: str, password: str = PASSWORD) -> Any:
    return client.post(URL, {"login": login, "password": password})


@pytest.mark.parametrize("typed", ["dara", "DARA", " dara ", "012 345 678", "០១២៣៤៥៦៧៨", "+85512345678"])
def test_by_name_or_phone_however_it_is_written(client: Client, dara: User, typed: str) -> None:
    assert sign_in(client, typed).status_code == 302
    assert get_user(client) == dara


def test_the_session_lasts_a_year(client: Client, dara: User) -> None:
    sign_in(client, "dara")
    assert client.session.get_expiry_age() == 60 * 60 * 24 * 365


def test_several_people_share_a_phone(client: Client, dara: User) -> None:
    sister = UserFactory.create(phone=dara.phone, password="krama-lotus-palm-5")
    sign_in(client, "012345678", "krama-lotus-palm-5")
    assert get_user(client) == sister


@pytest.mark.parametrize("login", ["dara", "nobody", "012345678", "099999999"])
def test_a_failure_says_the_same_for_everybody(client: Client, dara: User, login: str) -> None:
    response = sign_in(client, login, "wrong-password")
    assert response.status_code == 200
    assert dict(response.context["form"].errors) == {"__all__": MISFIT}


@pytest.mark.parametrize(("login", "checks"), [("dara", 1), ("nobody", 1), ("012345678", 3), ("099999999", 3)])
def test_a_failure_costs_the_same_for_everybody(
    dara: User, monkeypatch: pytest.MonkeyPatch, login: str, checks: int
) -> None:
    done: list[str] = []
    monkeypatch.setattr(User, "check_password", lambda *_given: done.append("check"))
    monkeypatch.setattr(User, "set_password", lambda *_given: done.append("make"))
    assert LoginBackend().authenticate(None, username=login, password="wrong") is None
    assert len(done) == checks


def test_a_deleted_person_cannot_come_in(client: Client, dara: User) -> None:
    User.objects.filter(pk=dara.pk).update(is_active=False)
    assert dict(sign_in(client, "dara").context["form"].errors) == {"__all__": MISFIT}


def test_five_failures_close_the_door_for_every_spelling(client: Client, dara: User) -> None:
    for typed in ("012345678", "+85512345678", "០១២៣៤៥៦៧៨", "012 345 678", "855 12 345 678"):
        sign_in(client, typed, "wrong-password")
    response = sign_in(client, "012-345-678")
    assert dict(response.context["form"].errors) == {
        "__all__": ["Too many tries. Please wait five minutes, then try again."]
    }


def test_many_tries_from_one_address_get_our_page(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}
    sign_in(client, "a")
    response = sign_in(client, "b")
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


def test_a_failure_logs_no_name_and_no_number(client: Client, dara: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sign_in(client, "dara", "wrong-password")
        sign_in(client, "012 345 678", "wrong-password")
        client.post(BACK, {"login": "dara", "code": "1234 5678 9012", "password": NEW})
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert [line for line in lines if re.search("dara|345|wrong-password|9012", line)] == []


def come_back(client: Client, login: str, code: str, password: str = NEW) -> Any:
    return client.post(BACK, {"login": login, "code": code, "password": password})


@pytest.mark.parametrize("login", ["dara", "012 345 678"])
def test_a_code_brings_back_once(client: Client, dara: User, login: str) -> None:
    code = codes_from(make_recovery_codes(dara))[3]
    assert come_back(client, login, code).status_code == 302
    assert get_user(client) == dara
    dara.refresh_from_db()
    assert dara.check_password(NEW)
    assert dara.recovery_codes.filter(used_at=None).count() == 7
    client.logout()
    assert dict(come_back(client, login, code).context["form"].errors) == {"__all__": NO_FIT}


def test_a_code_may_be_typed_in_khmer_without_spaces(client: Client, dara: User) -> None:
    code = codes_from(make_recovery_codes(dara))[0].replace(" ", "")
    khmer = code.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    assert come_back(client, "dara", khmer).status_code == 302


def test_no_answer_tells_who_exists(client: Client, dara: User) -> None:
    make_recovery_codes(dara)
    for login in ("dara", "nobody", "012345678", "099999999"):
        assert dict(come_back(client, login, "0000 0000 0000").context["form"].errors) == {"__all__": NO_FIT}
    assert User.objects.get(pk=dara.pk).check_password(PASSWORD)


def test_a_weak_new_password_spends_no_code(client: Client, dara: User) -> None:
    code = codes_from(make_recovery_codes(dara))[0]
    response = come_back(client, "dara", code, "12345678")
    assert list(response.context["form"].errors) == ["password"]
    assert dara.recovery_codes.filter(used_at=None).count() == 8


def test_guessing_codes_is_stopped(client: Client, dara: User) -> None:
    for _try in range(5):
        come_back(client, "dara", "0000 0000 0000")
    code = codes_from(make_recovery_codes(dara))[0]
    assert come_back(client, "DARA", code).status_code == 429


def test_another_persons_code_does_not_work(client: Client, dara: User, stranger: User) -> None:
    code = codes_from(make_recovery_codes(stranger))[0]
    assert dict(come_back(client, "dara", code).context["form"].errors) == {"__all__": NO_FIT}


def test_codes_survive_a_new_secret_while_the_old_one_is_known(client: Client, dara: User, settings: Any) -> None:
    code = codes_from(make_recovery_codes(dara))[0]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" + "y" * 50
    assert come_back(client, "dara", code).status_code == 302


def test_new_codes_need_the_password_and_replace_the_old(client: Client, dara: User) -> None:
    old = set(dara.recovery_codes.values_list("code_hash", flat=True))
    client.force_login(dara)
    refused = client.post("/en/me/codes/new/", {"password": "wrong"})
    assert dict(refused.context["form"].errors) == {"password": ["This is not your password. Try again."]}
    client.post("/en/me/codes/new/", {"password": PASSWORD})
    new = set(dara.recovery_codes.values_list("code_hash", flat=True))
    assert (len(new), old & new) == (8, set())


def test_whoever_is_in_has_no_need_to_come_back(client: Client, dara: User) -> None:
    client.force_login(dara)
    assert client.get(BACK)["Location"] == "/en/me/settings/"
