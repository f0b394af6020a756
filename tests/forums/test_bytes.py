"""The page of a topic with twenty posts stays within one window of the network, style and all."""

import sys
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from forums.models import Board
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_reply, make_topic

sys.path.append(str(Path(settings.BASE_DIR) / "bench"))
FIRST_RENDER = 14 * 1024
pytestmark = pytest.mark.django_db


def press(data: bytes) -> int:
    return len(brotli.compress(data, quality=11))


@pytest.mark.parametrize("name", ["visitor", "learner"])
def test_twenty_distinct_posts_fit_one_window(client: Client, board: Board, learner: User, name: str) -> None:
    from khmer_posts import Writer

    writer = Writer()
    people = [UserFactory.create() for _ in range(6)]
    topic = make_topic(board, by=people[0], title=writer.write()[:60], source=writer.write())
    for number in range(19):
        make_reply(topic, by=people[number % 6], source=writer.write())
    if name == "learner":
        client.force_login(learner)
    page = client.get(topic.get_absolute_url(), headers={"Accept-Encoding": "br"})
    assert page["Content-Encoding"] == "br"
    style = press((Path(settings.SITE_DIR) / "static" / "style.css").read_bytes())
    size = len(page.content)
    print(f"{name}: {size} bytes of HTML, {style} of style")
    assert size + style <= FIRST_RENDER
