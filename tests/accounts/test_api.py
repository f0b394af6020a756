from typing import Any

import pytest
from django.test import Client
from rest_framework.authtoken.models import Token

from accounts.models import User
from accounts.services import codes_from, make_recovery_codes, recover
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
ME, TOKEN = "/api/v1/me/", "/api/v1/token/"
NEW = "mango-rice-boat-12"


def ask(client: Client, login: str, password: str = PASSWORD) -> Any:
    return client.post(TOKEN, {"login": login, "password": password}, content_type="application/json")


def test_me_is_for_members(client: Client) -> None:
    assert client.get(ME).status_code in (401, 403)


def test_me(client: Client, clerk: User) -> None:
    client.force_login(clerk)
    me = client.get(ME).json()
    assert me == {
        "public_id": str(clerk.public_id),
        "username": "clerk",
        "full_name": clerk.get_full_name(),
        "home_commune": None,
        "current_commune": None,
        "has_desk": True,
        "language": "km",
        "contrast": "system",
        "saves_data": False,
    }


def test_only_preferences_change(client: Client, learner: User) -> None:
    client.force_login(learner)
    changes = {"contrast": "dark", "saves_data": True, "username": "boss", "has_desk": True}
    answer = client.patch(ME, changes, content_type="application/json").json()
    assert (answer["contrast"], answer["saves_data"], answer["username"]) == ("dark", True, "learner")
    assert client.patch(ME, {"contrast": "pink"}, content_type="application/json").status_code == 400
    assert client.put(ME, changes, content_type="application/json").status_code == 405


def test_a_token_opens_the_api_until_it_is_ended(client: Client, learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(phone="+85512345678")
    token = ask(client, "012 345 678").json()["token"]
    assert ask(client, "LEARNER").json()["token"] == token
    header = {"authorization": f"Token {token}"}
    assert client.get(ME, headers=header).json()["username"] == "learner"
    assert client.delete(TOKEN, headers=header).status_code == 204
    assert Token.objects.count() == 0


@pytest.mark.parametrize("login", ["learner", "nobody", "012345678"])
def test_a_failure_says_the_same_for_everybody(client: Client, learner: User, login: str) -> None:
    answer = ask(client, login, "wrong")
    assert answer.status_code in (401, 403)
    assert list(answer.json()) == ["detail"]
    assert Token.objects.count() == 0


def test_the_page_and_the_api_share_one_brake(client: Client, learner: User) -> None:
    for _try in range(3):
        ask(client, "learner", "wrong")
        client.post("/en/accounts/login/", {"login": "learner", "password": "wrong"})
    assert ask(client, "Learner").status_code == 429


def test_a_new_password_ends_the_tokens(client: Client, learner: User) -> None:
    key = ask(client, "learner").json()["token"]
    client.force_login(learner)
    change = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/en/accounts/password/change/", change).status_code == 302
    assert Client().get(ME, headers={"authorization": f"Token {key}"}).status_code == 403
    assert Token.objects.count() == 0


def test_coming_back_by_code_ends_the_tokens(client: Client, learner: User) -> None:
    ask(client, "learner")
    assert recover(login="learner", code=codes_from(make_recovery_codes(learner))[0], password=NEW) == learner
    assert Token.objects.count() == 0


def test_a_password_set_by_staff_ends_the_tokens(client: Client, learner: User) -> None:
    ask(client, "learner")
    client.force_login(UserFactory.create(is_superuser=True))
    data = {"username": "learner", "is_active": "on", "password1": NEW, "password2": NEW}
    assert client.post(f"/admin/users/edit/{learner.pk}/", data).status_code == 302
    learner.refresh_from_db()
    assert (learner.check_password(NEW), Token.objects.count()) == (True, 0)
