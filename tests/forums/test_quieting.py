"""Folding what somebody posts, for oneself alone."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.services.leaving import collect_export, delete_account
from forums.enums import FollowLevel, TopicKind
from forums.errors import NotAllowedError
from forums.models import Board, Quieted, Topic
from forums.services import delete, edit
from forums.services.following import follow
from forums.services.masking import wear_mask, write_reply
from forums.services.quieting import quiet
from notifications.models import Notification
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_reply, make_topic

FOLD = "<summary>Folded for you</summary>"


def post_quiet(client: Client, topic: Topic, number: int, **sent: str) -> Any:
    return client.post(f"/en/forum/topics/{topic.public_id}/posts/{number}/quiet/", sent)


def test_posts_of_one_person_are_folded_for_the_other(
    client: Client, question: Topic, stranger: User, learner: User, clerk: User
) -> None:
    make_reply(question, by=stranger, source="ពាក្យខ្លាំង")
    make_reply(question, source="ពាក្យស្ងប់")
    client.force_login(learner)
    at = f"/en/forum/topics/{question.public_id}/"
    assert "Fold posts of" in client.get(f"{at}posts/2/").content.decode()
    assert (post_quiet(client, question, 2).status_code, post_quiet(client, question, 2).status_code) == (302, 302)
    html = client.get(at).content.decode()
    assert (html.count(FOLD), " data-own>" in html) == (1, True)
    assert "ពាក្យខ្លាំង" in html.split(FOLD)[1].split("</details>")[0]
    [patch] = [one for one in client.get(f"{at}after/?after=0").json()["patches"] if one.get("number") == 2]
    assert FOLD in patch["html"]
    assert FOLD not in client.get(f"{at}posts/2/").content.decode()
    client.force_login(clerk)
    html = client.get(at).content.decode()
    assert (FOLD in html, " data-own>" in html) == (False, False)
    client.force_login(learner)
    post_quiet(client, question, 2, quiet="no")
    assert (FOLD in client.get(at).content.decode(), Quieted.objects.count()) == (False, 0)


def test_what_is_said_for_an_office_is_never_folded(
    client: Client, question: Topic, board: Board, learner: User, clerk: User, judge: User
) -> None:
    answer = make_reply(question, by=clerk, source="ចម្លើយ", as_answer=True)
    notice = make_topic(board, by=judge, kind=TopicKind.ANNOUNCEMENT)
    for post in (answer, notice.posts.get()):
        with pytest.raises(NotAllowedError):
            quiet(post, by=learner, is_on=True)
    for person in (clerk, judge):
        Quieted.objects.create(user=learner, person=person)
    reply = make_reply(notice, by=judge, source="ធម្មតា")
    client.force_login(learner)
    assert FOLD not in client.get(f"/en/forum/topics/{question.public_id}/").content.decode()
    assert client.get(f"/en/forum/topics/{notice.public_id}/").content.decode().count(FOLD) == 1
    assert reply.is_for_all is False


def test_nobody_folds_themselves_or_a_mask(question: Topic, learner: User, stranger: User) -> None:
    masked = write_reply(question, wear_mask(stranger, question.public_id), source="x", client_id=question.public_id)
    for post in (question.posts.get(number=1), masked):
        with pytest.raises(NotAllowedError):
            quiet(post, by=learner, is_on=True)


def test_nobody_learns_whose_a_post_was_that_is_away(
    client: Client, question: Topic, learner: User, stranger: User
) -> None:
    delete(make_reply(question, by=stranger), by=stranger)
    client.force_login(learner)
    assert stranger.public_name not in client.get(f"/en/forum/topics/{question.public_id}/posts/2/").content.decode()
    assert post_quiet(client, question, 2).status_code == 403


def test_the_quieting_person_is_told_nothing_but_by_the_office(
    board: Board, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    reader, loud = UserFactory.create(), UserFactory.create()
    topic = make_topic(board, by=reader)
    follow(topic, by=reader, level=FollowLevel.WATCH)
    follow(board, by=reader, level=FollowLevel.WATCH)
    for person in (loud, clerk):
        Quieted.objects.create(user=reader, person=person)
    with django_capture_on_commit_callbacks(execute=True):
        post = make_reply(topic, by=loud, source="x")
        edit(post, by=loud, source=f"@{reader.public_name} x")
        make_topic(board, by=loud)
    assert not Notification.objects.filter(recipient=reader).exists()
    with django_capture_on_commit_callbacks(execute=True):
        make_reply(topic, by=clerk, source="ចម្លើយ")
    assert Notification.objects.get(recipient=reader).kind == "forums.replied"


def test_the_list_opens_again_and_is_ones_own(client: Client, learner: User, stranger: User) -> None:
    rows = [Quieted.objects.create(user=learner, person=UserFactory.create()) for _ in range(2)]
    client.force_login(stranger)
    assert client.post(f"/en/forum/quieted/{rows[0].pk}/drop/").status_code == 404
    client.force_login(learner)
    page = client.get("/en/forum/quieted/").content.decode()
    assert all(row.person.public_name in page for row in rows)
    assert client.post(f"/en/forum/quieted/{rows[0].pk}/drop/").status_code == 302
    assert Quieted.objects.get() == rows[1]
    assert collect_export(learner)["parts"]["forum_quieted"][0]["name"] == rows[1].person.public_name
    delete_account(rows[1].person)
    assert not Quieted.objects.exists()
