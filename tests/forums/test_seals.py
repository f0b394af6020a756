"""Who hears of a seal to open, and who finds it."""

import json
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from accounts.rules import STAFF
from forums.models import Post, SealOpening, Topic
from forums.services.masking import wear_mask, write_reply
from forums.services.unsealing import answer, ask_to_open, list_openings
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory, UserFactory


@pytest.fixture
def post(question: Topic, stranger: User) -> Post:
    return write_reply(question, wear_mask(stranger, question.public_id), source="...", client_id=uuid.uuid4())


def make_one(username: str, group: str) -> User:
    user = UserFactory.create(username=username)
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


def test_those_who_open_a_seal_hear_of_the_question_and_the_answer(
    post: Post, judge: User, office: Any, django_capture_on_commit_callbacks: Any
) -> None:
    officer, insider = make_one("officer", STAFF), make_one("insider", STAFF)
    MembershipFactory.create(user=insider, organisation=office)
    with django_capture_on_commit_callbacks(execute=True):
        row = ask_to_open(post, by=judge, reason="A child may be hurt tonight.")
        ask_to_open(post, by=judge, reason="A child may be hurt tonight.")
    told = Notification.objects.filter(kind="forums.seal_asked")
    assert [(one.recipient, str(row.public_id) in one.url) for one in told] == [(officer, True)]
    assert "A child" not in json.dumps(told[0].data)
    with django_capture_on_commit_callbacks(execute=True):
        answer(row, by=officer, agrees=True)
    assert list(Notification.objects.filter(recipient=judge).values_list("kind", flat=True)) == ["forums.seal_opened"]


def test_a_seal_that_waits_is_found_however_many_came_after(
    client: Client, post: Post, judge: User, office: Any
) -> None:
    officer, insider = make_one("officer", STAFF), make_one("insider", STAFF)
    MembershipFactory.create(user=insider, organisation=office)
    row = ask_to_open(post, by=judge, reason="A child may be hurt tonight.")
    decided = {"mask": post.mask, "post": post, "reason": "-", "asked_by": judge, "decided_by": officer}
    SealOpening.objects.bulk_create(SealOpening(**decided, decided_at=row.asked_at) for _ in range(205))
    other = make_one("other", STAFF)
    found = {user.username: list_openings(user).filter(pk=row.pk).exists() for user in (judge, officer, other, insider)}
    assert found == {"judge": True, "officer": True, "other": True, "insider": False}
    client.force_login(other)
    assert client.get(row.get_absolute_url()).status_code == 200
    html = client.get("/en/forum/seals/").content.decode()
    assert (html.count("/en/forum/seals/") < 30, "cursor=" in html) == (True, True)
