"""E-mail is optional; with it there is a second way back."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
RESET = "/en/accounts/password/reset/"
NEW = "mango-rice-boat-12"


def find_path(text: str) -> str:
    found = re.search(r"http://testserver(/\S+)", text)
    assert found
    return found.group(1)


def test_an_address_is_added_confirmed_and_leads_back(client: Client, learner: User) -> None:
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSWORD})
    client.post("/en/accounts/email/", {"email": "dara@example.org", "action_add": ""})
    confirm = find_path(str(mail.outbox[0].body))
    assert client.get(confirm).status_code == 200
    client.post(confirm)
    client.post("/en/accounts/logout/")
    client.post(RESET, {"email": "dara@example.org"})
    link = find_path(str(mail.outbox[-1].body))
    form = client.get(link, follow=True)
    assert 'name="password1"' in form.content.decode()
    client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    learner.refresh_from_db()
    assert (learner.email, learner.check_password(NEW)) == ("dara@example.org", True)


def test_an_unknown_address_gets_the_same_page_and_no_mail(client: Client, learner: User) -> None:
    answer = client.post(RESET, {"email": "nobody@example.org"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/accounts/password/reset/done/")
    assert mail.outbox == []


def test_the_password_is_changed_with_the_old_one(client: Client, learner: User) -> None:
    client.post("/en/accounts/login/", {"login": "learner", "password": PASSWORD})
    change = "/en/accounts/password/change/"
    wrong = client.post(change, {"oldpassword": "x", "password1": NEW, "password2": NEW})
    assert dict(wrong.context["form"].errors) == {"oldpassword": ["This is not your password. Try again."]}
    client.post(change, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    learner.refresh_from_db()
    assert learner.check_password(NEW)
