"""Counts of queries: flat in the number of rows, and within the budget."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from forums.models import Board
from tests.factories.forums import make_reply, make_topic

BUDGET = {"visitor": 8, "learner": 16, "clerk": 16}


def count(client: Client, address: str) -> int:
    client.get(address)  # the reading marker moves at the first look
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", BUDGET)
def test_pages_cost_the_same_with_more_rows(
    client: Client, board: Board, clerk: User, learner: User, name: str
) -> None:
    people = {"visitor": None, "learner": learner, "clerk": clerk}
    if people[name]:
        client.force_login(people[name])
    found = []
    topic = make_topic(board)
    at = f"/km/forum/topics/{topic.public_id}/"
    for replies in (1, 3):
        for _ in range(replies):
            make_reply(topic)
            make_topic(board, replies=1)
        make_reply(topic, by=clerk, as_answer=True)
        addresses = ("/km/forum/", board.get_absolute_url(), at, f"{at}after/?after=0")
        found.append([count(client, address) for address in addresses])
    print(name, found)
    assert found[0] == found[1]
    assert max(found[0]) <= BUDGET[name]
