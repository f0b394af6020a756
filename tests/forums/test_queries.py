"""Counts of queries, all of a request: flat in the number of rows, and within the budget."""

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forums.enums import EventKind
from forums.models import Board, Post, Topic, TopicEvent
from forums.rendering import VERSION, to_html
from forums.services.masking import wear_mask, write_reply
from tests.factories.forums import make_reply, make_topic

VISITOR, SIGNED_IN = 5, 9
REPLYING = 25


def count(client: Client, address: str) -> int:
    client.get(address)  # the markers of reading move at the first look
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def fill(topic: Topic, posts: int) -> None:
    """Replies of one person up to number `posts`, without their events."""
    topic.refresh_from_db()
    source = "ទឹកក្នុងអណ្ដូងស្អាត។"
    row = {"topic": topic, "author": topic.author, "source": source, "html": to_html(source)}
    numbers = range(topic.last_number + 1, posts + 1)
    made = Post.objects.bulk_create(
        [Post(**row, renderer_version=VERSION, number=number) for number in numbers], batch_size=500
    )
    first = topic.last_seq + 1
    events: list[Any] = [
        TopicEvent(topic=topic, seq=seq, post=post, kind=EventKind.POSTED) for seq, post in enumerate(made, first)
    ]
    TopicEvent.objects.bulk_create(events, batch_size=500)
    at = {"last_number": topic.last_number + len(made), "last_seq": topic.last_seq + len(made)}
    Topic.objects.filter(pk=topic.pk).update(post_count=topic.post_count + len(made), **at)


@pytest.mark.parametrize("name", ["visitor", "learner", "clerk", "judge"])
def test_pages_cost_the_same_with_more_rows(
    client: Client, board: Board, clerk: User, learner: User, judge: User, name: str
) -> None:
    people = {"visitor": None, "learner": learner, "clerk": clerk, "judge": judge}
    person = people[name]
    if person:
        client.force_login(person)
    found = []
    topic = make_topic(board)
    at = f"/km/forum/topics/{topic.public_id}/"
    for replies in (1, 20):
        for _ in range(replies):
            make_topic(board, replies=1)
        fill(topic, replies)
        make_reply(Topic.objects.get(pk=topic.pk), by=clerk, as_answer=True)
        addresses = ("/km/forum/", board.get_absolute_url(), at, f"{at}after/?after=0")
        found.append([count(client, address) for address in addresses])
    print(name, found)
    assert found[0] == found[1]
    assert max(found[0]) <= (SIGNED_IN if person else VISITOR)


@pytest.mark.django_db
def test_the_first_look_writes_once(client: Client, board: Board, learner: User) -> None:
    topic = make_topic(board, replies=3)
    client.force_login(learner)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/km/forum/topics/{topic.public_id}/")
    assert len(queries) <= SIGNED_IN


def test_a_reply_costs_the_same_in_a_long_topic(client: Client, board: Board, learner: User) -> None:
    client.force_login(learner)
    spent = []
    for posts in (2, 5000):
        topic = make_topic(board)
        fill(topic, posts)
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(f"/km/forum/topics/{topic.public_id}/reply/", {"source": f"អរគុណ {posts}"})
        assert answer.status_code == 302
        spent.append(len(queries))
    print(spent)
    assert spent[0] == spent[1] <= REPLYING


@pytest.mark.parametrize("name", ["visitor", "learner"])
def test_protected_posts_cost_no_query_each(
    client: Client, board: Board, learner: User, stranger: User, name: str
) -> None:
    if name == "learner":
        client.force_login(learner)
    spent = []
    for posts in (1, 18):
        topic = make_topic(board)
        for number in range(posts):
            words = {"source": f"អរគុណ {number}", "client_id": uuid.uuid4()}
            write_reply(topic, wear_mask(stranger if number % 2 else learner, topic.public_id), **words)
        spent.append(count(client, f"/km/forum/topics/{topic.public_id}/"))
    assert spent[0] == spent[1] <= (SIGNED_IN + 1 if name == "learner" else VISITOR)
