"""What was sent from a page that shows how things were: a second click, another poll, a colleague's answer."""

import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from forums.enums import PollWay, TopicKind
from forums.errors import AnsweredError
from forums.models import Ballot, Board, Poll, Topic
from forums.services import reply
from forums.services.ideas.moving import move
from forums.services.polls.making import PollFacts, add_poll, drop_poll
from tests.factories.accounts import MembershipFactory
from tests.factories.forums import make_reply, make_topic

FACTS: dict[str, Any] = {"question": "ផ្លូវណា?", "options": ["ក", "ខ"], "way": PollWay.SINGLE, "days": 3}


@pytest.fixture
def polled(board: Board, learner: User) -> Topic:
    topic = make_topic(board, by=learner, kind=TopicKind.DISCUSSION)
    add_poll(topic, PollFacts(**FACTS), by=learner)
    return topic


def test_a_second_click_leads_back(client: Client, question: Topic, polled: Topic, learner: User, clerk: User) -> None:
    make_reply(question, by=clerk, as_answer=True)
    client.force_login(learner)
    for _ in range(2):
        assert client.post(f"/km/forum/topics/{question.public_id}/again/").status_code == 302
    for how in ({}, {"do": "drop"}):
        for _ in range(2):
            assert client.post(f"/km/forum/topics/{polled.public_id}/poll/end/", how).status_code == 302
    for _ in range(2):
        assert client.post(f"/km/forum/topics/{question.public_id}/posts/1/delete/", {}).status_code == 302
    client.force_login(clerk)
    for path in (
        f"{question.public_id}/again/",
        f"{polled.public_id}/poll/end/",
        f"{question.public_id}/posts/1/delete/",
    ):
        assert client.post(f"/km/forum/topics/{path}").status_code == 403


def test_a_poll_taken_away_leads_its_author_back(client: Client, polled: Topic, learner: User, clerk: User) -> None:
    at = f"/km/forum/topics/{polled.public_id}/poll/end/"
    client.force_login(learner)
    for _ in range(2):
        assert client.post(at, {"do": "drop"}).status_code == 302
    assert not Poll.objects.exists()
    assert client.get(at).status_code == 404
    client.force_login(clerk)
    assert client.post(at, {"do": "drop"}).status_code == 404


def test_a_vote_counts_for_the_poll_that_was_seen(client: Client, polled: Topic, learner: User, clerk: User) -> None:
    at = f"/km/forum/topics/{polled.public_id}/"
    client.force_login(clerk)
    Poll.objects.update(created_at=polled.created_at.replace(year=2020))
    mark = Poll.objects.get().mark
    assert f'name="mark" value="{mark}"' in client.get(at).content.decode()
    drop_poll(polled, by=learner)
    vote = {"choice": "1", "mark": mark}
    assert client.post(f"{at}poll/vote/", vote).status_code == 302
    add_poll(polled, PollFacts(**FACTS | {"options": ["ខ", "ក"]}), by=learner)
    assert client.post(f"{at}poll/vote/", vote).status_code == 302
    assert not Ballot.objects.exists()
    assert client.post(f"{at}poll/vote/", {"choice": "1", "mark": Poll.objects.get().mark}).status_code == 302
    assert Ballot.objects.count() == 1


def test_a_colleague_who_answers_second_is_told_first(client: Client, question: Topic, clerk: User) -> None:
    colleague = MembershipFactory.create(organisation=clerk.memberships.get().organisation).user
    at = f"/km/forum/topics/{question.public_id}/"
    client.force_login(colleague)
    html = client.get(at).content.decode()
    assert 'name="seen_answer" value="0"' in html
    first = make_reply(question, by=clerk, as_answer=True)
    sent = {"source": "ថ្ងៃពុធ", "client_id": str(uuid.uuid4()), "as_answer": "on", "seen_answer": "0"}
    answer = client.post(f"{at}reply/", sent)
    html = answer.content.decode()
    assert (answer.status_code, Topic.objects.get().answer) == (409, first)
    assert "ថ្ងៃពុធ" in html
    assert 'name="seen_answer" value="2"' in html
    with pytest.raises(AnsweredError):
        reply(question, by=colleague, source="ថ្ងៃពុធ", as_answer=True, seen_answer=0)
    assert client.post(f"{at}reply/", sent | {"seen_answer": "2"}).status_code == 302
    assert Topic.objects.get().answer != first


def test_who_may_not_judge_reads_who_may(
    client: Client, board: Board, learner: User, clerk: User, stranger: User
) -> None:
    idea = make_topic(board, by=learner, kind=TopicKind.IDEA)
    for verb in ("review", "start", "finish"):
        move(idea, verb, by=clerk, words="យើងធ្វើហើយ។")
    at = f"/en/forum/topics/{idea.public_id}/done/"
    assert board.commune is not None
    for user, offered in ((stranger, True), (clerk, False)):
        client.force_login(user)
        answer = client.get(at)
        html = answer.content.decode()
        assert (answer.status_code, "Who says whether it is done" in html) == (403, True)
        assert (f"/communes/{board.commune.code}/follow/" in html) is offered
        assert client.post(at, {"is_done": "yes"}).status_code == 403
    client.force_login(stranger)
    client.post(f"/en/communes/{board.commune.code}/follow/")
    assert client.get(at).status_code == 200
