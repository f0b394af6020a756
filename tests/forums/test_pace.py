"""The brake on posting: per person, the words stay, an official has more room."""

import uuid
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forums.models import Board, Post, Topic
from forums.services import find_wait
from forums.services.pace import OFFICIAL_PACE, PACE
from tests.factories.forums import make_reply


def write(topic: Topic, by: User, count: int, ago: timedelta = timedelta()) -> None:
    for number in range(count):
        post = make_reply(topic, by=by, source=f"សារ {number}")
        Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - ago)


def send(client: Client, topic: Topic, text: str, name: uuid.UUID | None = None) -> HttpResponse:
    address = f"/km/forum/topics/{topic.public_id}/reply/"
    return client.post(address, {"source": text, "client_id": str(name or uuid.uuid4())})  # type: ignore[return-value]


def test_the_fifth_reply_of_a_newcomer_waits_and_stays(client: Client, question: Topic, stranger: User) -> None:
    write(question, stranger, 3)
    client.force_login(stranger)
    name = uuid.uuid4()
    assert send(client, question, "សារទី ១០", name).status_code == 302
    assert send(client, question, "សារទី ១០", name).status_code == 302  # the same again is no new post
    answer = send(client, question, "ពាក្យដែលមិនត្រូវបាត់")
    assert answer.status_code == 429
    assert "ពាក្យដែលមិនត្រូវបាត់</textarea>" in answer.content.decode()
    assert "សូមផ្ញើម្ដងទៀត" in answer.content.decode()
    assert question.posts.filter(author=stranger).count() == 4


def test_topics_wait_too(client: Client, board: Board, question: Topic, stranger: User) -> None:
    write(question, stranger, 4)
    client.force_login(stranger)
    sent = {
        "kind": "idea",
        "category": "environment",
        "title": "ដាំដើមឈើ",
        "source": "នៅមុខសាលា",
        "client_id": str(uuid.uuid4()),
    }
    answer = client.post(f"/km/forum/boards/{board.slug}/new/", sent)
    assert (answer.status_code, Topic.objects.count()) == (429, 1)
    assert "នៅមុខសាលា</textarea>" in answer.content.decode()


def test_another_person_on_the_same_phone_does_not_wait(
    client: Client, question: Topic, stranger: User, learner: User
) -> None:
    write(question, stranger, 4)
    client.force_login(learner)
    assert send(client, question, "ខ្ញុំជាអ្នកផ្សេង").status_code == 302


@pytest.mark.parametrize(("ago", "waits"), [(timedelta(minutes=4), True), (timedelta(minutes=6), False)])
def test_the_wait_ends(question: Topic, stranger: User, ago: timedelta, waits: bool) -> None:
    write(question, stranger, 10, ago)
    assert (find_wait(stranger, question.board, client_id=uuid.uuid4()) is not None) == waits


def test_a_day_has_an_end(question: Topic, stranger: User) -> None:
    write(question, stranger, PACE[1][0], timedelta(hours=3))
    end = find_wait(stranger, question.board, client_id=uuid.uuid4())
    assert end is not None
    assert timedelta(hours=20) < end - timezone.now() < timedelta(hours=21)


def test_an_official_has_more_room(question: Topic, clerk: User) -> None:
    write(question, clerk, PACE[0][0])
    assert find_wait(clerk, question.board, client_id=uuid.uuid4()) is None
    write(question, clerk, OFFICIAL_PACE[0][0] - PACE[0][0])
    assert find_wait(clerk, question.board, client_id=uuid.uuid4()) is not None
