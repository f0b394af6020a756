"""The talk went elsewhere, was closed or ended while somebody wrote: their words are never lost."""

import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import Organisation, User
from forums.enums import HideReason
from forums.models import Board, Topic
from forums.services import hide, open_board_of_office
from forums.services.order import lock
from forums.services.rearranging import merge, move_topic, split
from forums.views import topics
from tests.factories.forums import make_reply, make_topic
from tests.factories.tasks import make_photo, upload

WORDS = "ពាក្យដែលវាយយូរ"


def send(client: Client, topic: Topic, words: str = WORDS, **more: Any) -> Any:
    return client.post(f"/km/forum/topics/{topic.public_id}/reply/", {"source": words, **more}, follow=True)


def test_words_for_a_joined_topic_wait_there(client: Client, board: Board, judge: User, learner: User) -> None:
    one, two = make_topic(board), make_topic(board)
    merge(two, by=judge, into=one, reason="r")
    client.force_login(learner)
    page = send(client, two, attached=[upload("a.jpg", make_photo((32, 32)))])
    assert page.redirect_chain[-1][0] == f"{one.get_absolute_url()}#reply"
    html = page.content.decode()
    assert (f"{WORDS}</textarea>" in html, "ជ្រើសរូបថត និងឯកសារម្ដងទៀត" in html) == (True, True)


def test_words_of_a_signed_out_person_too(client: Client, board: Board, judge: User, learner: User) -> None:
    one, two = make_topic(board), make_topic(board)
    send(client, two)
    merge(two, by=judge, into=one, reason="r")
    client.force_login(learner)  # keeps what the session holds
    page = client.get(two.get_absolute_url(), follow=True)
    assert (page.status_code, f"{WORDS}</textarea>" in page.content.decode()) == (200, True)
    assert WORDS not in client.get(one.get_absolute_url()).content.decode()


def test_words_for_what_ended_come_back_to_be_copied(
    client: Client, board: Board, office: Organisation, judge: User, learner: User
) -> None:
    hidden, private = make_topic(board, replies=1), make_topic(board)
    hide(hidden.posts.get(number=1), by=judge, reason=HideReason.SPAM)
    move_topic(private, by=judge, board=open_board_of_office(office), reason="r")
    client.force_login(learner)
    for topic in (hidden, private):
        page = send(client, topic)
        assert (page.status_code, f"{WORDS}</textarea>" in page.content.decode()) == (404, True)
    assert client.post(f"/km/forum/topics/{uuid.uuid4()}/reply/", {"source": " "}).status_code == 404


@pytest.mark.parametrize("act", ["lock", "merge"])
def test_what_happens_between_the_look_and_the_lock(
    client: Client, board: Board, judge: User, learner: User, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    one, two = make_topic(board), make_topic(board)
    brake = topics.brake

    def meanwhile(*args: Any) -> int:
        acts = {
            "lock": lambda: lock(two, by=judge, reason="ចប់"),
            "merge": lambda: merge(two, by=judge, into=one, reason="r"),
        }
        acts[act]()
        return brake(*args)

    monkeypatch.setattr(topics, "brake", meanwhile)
    client.force_login(learner)
    page = send(client, two)
    assert (page.status_code, f"{WORDS}</textarea>" in page.content.decode()) == (403 if act == "lock" else 200, True)


def test_an_edit_follows_its_post(client: Client, board: Board, judge: User, learner: User) -> None:
    one, two, three = (make_topic(board) for _ in range(3))
    posts = [make_reply(topic, by=learner, source="ដើម") for topic in (two, three)]
    merge(two, by=judge, into=one, reason="r")
    split(three, by=judge, numbers=[2], title="ថ្មី", reason="r")
    client.force_login(learner)
    for topic, post in zip((two, three), posts, strict=True):
        page = client.post(f"/km/forum/topics/{topic.public_id}/posts/2/edit/", {"source": WORDS}, follow=True)
        post.refresh_from_db()
        assert page.redirect_chain[-1][0] == f"/km/forum/topics/{post.topic.public_id}/posts/{post.number}/edit/"
        assert f"{WORDS}</textarea>" in page.content.decode()


def test_an_edit_of_a_post_that_is_hidden_meanwhile_comes_back(
    client: Client, question: Topic, judge: User, learner: User
) -> None:
    post = make_reply(question, by=learner)
    hide(post, by=judge, reason=HideReason.SPAM)
    client.force_login(learner)
    at = f"/km/forum/topics/{question.public_id}/posts/2/edit/"
    page = client.post(at, {"source": WORDS})
    assert (page.status_code, f"{WORDS}</textarea>" in page.content.decode()) == (403, True)
    assert client.get(at).status_code == 403


def test_protected_words_follow_a_joined_topic_and_are_kept_nowhere(
    client: Client, board: Board, judge: User, stranger: User
) -> None:
    one, two, shut = (make_topic(board) for _ in range(3))
    merge(two, by=judge, into=one, reason="r")
    lock(shut, by=judge, reason="ចប់ហើយ")
    client.force_login(stranger)
    page = client.post(f"/km/forum/topics/{two.public_id}/protected/", {"source": WORDS})
    html = page.content.decode()
    assert (page.status_code, f"{WORDS}</textarea>" in html) == (409, True)
    assert f'action="/km/forum/topics/{one.public_id}/protected/"' in html
    assert WORDS not in str(dict(client.session))
    page = client.post(f"/km/forum/topics/{shut.public_id}/protected/", {"source": WORDS})
    assert (page.status_code, "ចប់ហើយ" in page.content.decode(), WORDS in page.content.decode()) == (403, True, True)
