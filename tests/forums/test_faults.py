"""Production's own processes, a real Redis, real phones: whatever breaks, no post is lost and none is shown twice."""

import json
import sqlite3
import urllib.error
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection

from accounts.models import User
from forums.models import Topic
from tests.factories.accounts import PASSWORD
from tests.forums.phones import OpenPage, Person, send_twice_at_once
from tests.home.production import ProductionSite
from tests.servers import RedisServer, wait_until

pytestmark = [pytest.mark.redis, pytest.mark.django_db(transaction=True)]


def copy_database(folder: Path) -> None:
    """What the test has made, as the site's own."""
    folder.mkdir(parents=True)
    with sqlite3.connect(folder / "chuoykhum.sqlite3") as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)


@pytest.fixture
def site(question: Topic, clerk: User, tmp_path: Path, redis_url: str) -> Iterator[ProductionSite]:
    """Two processes for pages and two for sockets, with the question, its board and the clerk."""
    if connection.vendor != "sqlite":
        pytest.skip("its database is copied into a file")
    # As production reads it.
    User.objects.update(password=PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1))
    site = ProductionSite(tmp_path, REDIS_URL=redis_url)
    copy_database(site.var)
    site.start("--migrate", "--workers", "2", "--socket-workers", "2")
    yield site
    if site.process is not None:
        site.stop()


def wait_for(pages: list[OpenPage], *texts: str) -> None:
    wait_until(lambda: all(page.has(*texts) for page in pages), seconds=30, what=f"{texts} on every page, once")


def test_nothing_is_lost_and_nothing_is_doubled(
    site: ProductionSite, question: Topic, redis_server: RedisServer
) -> None:
    topic = str(question.public_id)
    pages = [OpenPage(site.url, site.socket_url, topic) for _ in range(4)]
    for page in pages:
        page.come()
    clerk = Person(site.url)
    clerk.sign_in("clerk")

    # A double click, a retry, two things at once.
    send_twice_at_once(clerk, topic, "double click")
    again = uuid.uuid4()
    for _ in range(3):
        clerk.reply(topic, "sent three times", again)
    wait_for(pages, "double click", "sent three times")

    # A phone is out of reach while others write.
    away = pages[0]
    away.go()
    clerk.reply(topic, "written meanwhile", uuid.uuid4())
    wait_for(pages[1:], "written meanwhile")
    away.fill()
    away.come()
    wait_for(pages, "written meanwhile")

    # Redis goes, posts are written all the same, Redis comes back: pages look again by themselves.
    redis_server.stop()
    wait_until(lambda: all("deaf" in page.heard for page in pages[1:]), seconds=30, what="that pages learn of it")
    clerk.reply(topic, "without Redis", uuid.uuid4())
    assert not any(page.has("without Redis") for page in pages)
    redis_server.start()
    wait_for(pages, "without Redis")
    clerk.reply(topic, "with Redis again", uuid.uuid4())
    wait_for(pages, "with Redis again")

    # A reader so slow that the server lets go of the line: it comes back and fills the gap.
    slow = pages[1]
    with slow.lock:  # reads nothing
        flood(redis_server.url, topic)
        clerk.reply(topic, "while one was slow", uuid.uuid4())
        wait_for(pages[2:], "while one was slow")
    wait_until(lambda: slow.line is None, seconds=60, what="that the slow line is closed")
    assert slow.heard.count("noise") < FLOOD
    slow.fill()
    slow.come()
    wait_for([slow], "while one was slow")

    # The whole site stops and starts; who was writing sends again.
    unsent = uuid.uuid4()
    site.stop()
    with pytest.raises(urllib.error.URLError):
        clerk.reply(topic, "through the restart", unsent)
    wait_until(lambda: all(page.line is None for page in pages), seconds=30, what="that every line is gone")
    site.log.write_text("")
    site.start("--workers", "2", "--socket-workers", "2")
    for page in pages:
        page.fill()
        page.come()
    for _ in range(2):
        clerk.reply(topic, "through the restart", unsent)
    wait_for(pages, "through the restart")

    fresh = OpenPage(site.url, site.socket_url, topic)
    numbers = list(range(1, 9))
    assert sorted(fresh.shown) == numbers
    assert [sorted(page.shown) for page in pages] == [numbers] * len(pages)
    assert {page.seq for page in pages} == {fresh.seq}


FLOOD = 400


def flood(url: str, topic: str) -> None:
    """More than a line holds, in one go."""
    text = json.dumps({"type": "noise", "seq": 0, "words": "x" * 60_000})
    client = redis.Redis.from_url(url)
    for _ in range(FLOOD):
        client.publish("chuoykhum:rooms", json.dumps([f"topic:{topic}:km", text, False]))
    client.close()
