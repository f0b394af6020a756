"""Editing in two windows, and the history that remains."""

import pytest
from django.test import Client

from accounts.models import User
from accounts.services.leaving import collect_export
from forums.errors import ClashError
from forums.models import Topic
from forums.services import edit, read_history
from tests.factories.forums import make_reply


def test_every_edition_is_kept(question: Topic, stranger: User) -> None:
    post = make_reply(question, by=stranger, source="មួយ")
    for source in ("ពីរ", "បី", "បី"):
        post = edit(post, by=stranger, source=source)
    assert [(one.number, one.source, one.is_newest) for one in read_history(post)] == [
        (3, "បី", True),
        (2, "ពីរ", False),
        (1, "មួយ", False),
    ]
    [own] = collect_export(stranger)["parts"]["forums"]
    assert (own["text"], own["former_texts"]) == ("បី", ["មួយ", "ពីរ"])


def test_two_windows_keep_both_texts(client: Client, question: Topic, stranger: User) -> None:
    post = make_reply(question, by=stranger, source="មួយ")
    client.force_login(stranger)
    at = f"/km/forum/topics/{question.public_id}/posts/2/edit/"
    assert 'name="version" value="1"' in client.get(at).content.decode()
    assert client.post(at, {"source": "ទីមួយ", "version": "1"}).status_code == 302
    clash = client.post(at, {"source": "ទីពីរ", "version": "1"})
    html = clash.content.decode()
    assert clash.status_code == 409
    assert ("<p>ទីមួយ</p>" in html, "ទីពីរ</textarea>" in html, 'name="version" value="2"' in html) == (True,) * 3
    post.refresh_from_db()
    assert (post.source, post.version) == ("ទីមួយ", 2)
    assert client.post(at, {"source": "ទាំងពីរ", "version": "2"}).status_code == 302
    post.refresh_from_db()
    assert (post.source, post.version) == ("ទាំងពីរ", 3)


def test_the_same_words_are_no_clash(question: Topic, stranger: User) -> None:
    post = make_reply(question, by=stranger, source="មួយ")
    edit(post, by=stranger, source="ពីរ", version=1)
    assert edit(post, by=stranger, source="ពីរ", version=1).version == 2
    with pytest.raises(ClashError):
        edit(post, by=stranger, source="បី", version=1)
