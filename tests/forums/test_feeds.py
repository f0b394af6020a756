"""Feeds of what is public, and what a shared link shows."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import Organisation, User
from forums.enums import HideReason
from forums.models import Board, Topic
from forums.services import hide, open_board_of_office
from tests.factories.forums import make_reply, make_topic

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    root = ElementTree.fromstring(answer.content)  # noqa: S314 we wrote it
    return [entry.findtext(f"{ATOM}title") or "" for entry in root.iter(f"{ATOM}entry")]


def test_feeds_tell_what_is_public(
    client: Client, board: Board, office: Organisation, clerk: User, judge: User
) -> None:
    topic = make_topic(board, title="ទឹក & ផ្លូវ", source="<script>x</script> **ក**")
    make_reply(topic, source="ឆ្លើយ")
    secret = make_topic(open_board_of_office(office), by=clerk, title="សម្ងាត់")
    hidden = make_topic(board, title="លាក់")
    hide(hidden.posts.get(), by=judge, reason=HideReason.SPAM)
    client.force_login(clerk)
    assert titles(client, "/km/forum/feed/") == ["ទឹក & ផ្លូវ"]
    assert titles(client, f"{board.get_absolute_url()}feed/") == ["ទឹក & ផ្លូវ"]
    assert titles(client, f"{topic.get_absolute_url()}feed/") == ["ទឹក & ផ្លូវ · 2", "ទឹក & ផ្លូវ · 1"]
    for thing in (secret, secret.board, hidden):
        assert client.get(f"{thing.get_absolute_url()}feed/").status_code == 404
    text = client.get(f"{topic.get_absolute_url()}feed/").content.decode()
    assert f"http://testserver/km/forum/topics/{topic.public_id}/?post=2#p-2" in text
    assert "<script" not in text


def test_an_unchanged_feed_is_not_sent_again(client: Client, board: Board, judge: User) -> None:
    topic = make_topic(board)
    for at in ("/km/forum/feed/", f"{board.get_absolute_url()}feed/", f"{topic.get_absolute_url()}feed/"):
        first = client.get(at)
        assert "max-age=300" in first["Cache-Control"]
        again = client.get(at, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        post = make_reply(topic)
        newer = client.get(at, headers={"If-None-Match": first["ETag"]})
        assert (newer.status_code, newer["ETag"] != first["ETag"]) == (200, True)
        hide(post, by=judge, reason=HideReason.SPAM)
        assert client.get(at, headers={"If-None-Match": newer["ETag"]}).status_code == 200


def test_feeds_cost_the_same_with_more_rows(client: Client, board: Board) -> None:
    topic, spent = make_topic(board), []
    for _ in range(2):
        make_reply(topic)
        make_topic(board)
        with CaptureQueriesContext(connection) as queries:
            for at in ("/km/forum/feed/", f"{board.get_absolute_url()}feed/", f"{topic.get_absolute_url()}feed/"):
                client.get(at)
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 6


def meta(client: Client, address: str) -> dict[str, str]:
    text = client.get(address).content.decode()
    found = dict(re.findall(r'<meta property="(og:[a-z_]+)" content="([^"]*)"', text))
    canonical = re.search(r'rel="canonical" href="([^"]+)"', text)
    return {**found, "canonical": canonical[1] if canonical else ""}


def test_a_shared_link_shows_what_it_leads_to(client: Client, board: Board, office: Organisation, clerk: User) -> None:
    topic = make_topic(board, title='ផ្លូវ "ដាច់"', source="**5 < 6 & 7** " + "ទឹក" * 200, replies=25)
    seen = meta(client, topic.get_absolute_url())
    assert seen["og:title"] == "ផ្លូវ &quot;ដាច់&quot;"
    assert seen["og:description"] == "5 &lt; 6 &amp; 7 " + "ទឹក" * 50 + " …"
    assert (seen["og:locale"], seen["og:image"]) == ("km_KH", "http://testserver/static/share.png")
    assert seen["canonical"].endswith(topic.get_absolute_url())
    assert meta(client, topic.get_absolute_url().replace("/km/", "/en/"))["og:locale"] == "en_US"
    translation.activate("km")
    assert meta(client, f"{topic.get_absolute_url()}?post=24")["canonical"].endswith("/?post=22")
    text = client.get(topic.get_absolute_url()).content.decode()
    assert "https://t.me/share/url?url=http%3A%2F%2Ftestserver%2Fkm%2Fforum" in text
    assert "https://www.facebook.com/sharer/sharer.php?u=" in text
    client.force_login(clerk)
    secret = make_topic(open_board_of_office(office), by=clerk, title="សម្ងាត់")
    assert "og:description" not in meta(client, secret.get_absolute_url())
    assert "t.me/share" not in client.get(secret.get_absolute_url()).content.decode()
    assert Topic.objects.count() == 2
