"""A poll that begins with its topic, in one form and one transaction."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.services.leaving import collect_export
from forums.enums import TopicKind
from forums.errors import NotReadyError
from forums.forms.polls import PollForm
from forums.models import Board, Draft, HeldPost, Poll, Topic
from forums.services import start_topic
from forums.services.holding import release
from forums.services.polls.making import PollFacts, PollWay
from tests.factories.forums import BoardFactory

POLL = {
    "poll-question": "ផ្លូវណាមុន?",
    "poll-options": "ផ្សារ\nវត្ត",
    "poll-way": "several",
    "poll-is_secret": "no",
    "poll-shows": "always",
    "poll-days": "3",
}


def send(client: Client, board: Board, **more: Any) -> Any:
    sent = {"kind": "discussion", "title": "ផ្លូវក្នុងភូមិ", "source": "យើងពិភាក្សា", **POLL, **more}
    return client.post(f"/km/forum/boards/{board.slug}/new/", sent)


def test_one_form_makes_both(client: Client, board: Board, learner: User) -> None:
    client.force_login(learner)
    page = client.get(f"/km/forum/boards/{board.slug}/new/?kind=discussion").content.decode()
    assert all(f'name="poll-{name}"' in page for name in PollForm().fields)
    assert not re.search(r'name="poll-question"[^>]* required', page)
    twin = {"client_id": str(uuid.uuid4())}
    for _ in range(2):
        assert send(client, board, **twin).status_code == 302
    poll = Poll.objects.get()
    assert (poll.question, poll.way, poll.most, poll.is_secret, poll.shows) == (
        "ផ្លូវណាមុន?",
        "several",
        2,
        False,
        "always",
    )
    assert list(poll.options.values_list("text", flat=True)) == ["ផ្សារ", "វត្ត"]
    topic = Topic.objects.get()
    assert (topic.author, topic.last_seq) == (learner, 2)
    assert "ផ្លូវណាមុន?" in client.get(topic.get_absolute_url()).content.decode()


def test_nothing_is_asked_of_whoever_wants_none(client: Client, board: Board, learner: User) -> None:
    client.force_login(learner)
    assert send(client, board, **{"poll-question": " ", "poll-options": "", "poll-days": ""}).status_code == 302
    assert (Topic.objects.count(), Poll.objects.count()) == (1, 0)


@pytest.mark.parametrize("wrong", [{"poll-options": "ផ្សារ"}, {"poll-question": ""}, {"poll-days": "99"}, {"title": ""}])
def test_what_is_wrong_keeps_everything(client: Client, board: Board, learner: User, wrong: dict[str, str]) -> None:
    client.force_login(learner)
    page = send(client, board, **wrong)
    html = page.content.decode()
    assert (page.status_code, Topic.objects.count(), "<details open>" in html) == (422, 0, True)
    kept = {"title": "ផ្លូវក្នុងភូមិ", "source": "យើងពិភាក្សា", **POLL, **wrong}
    assert all(kept[name] in html for name in ("title", "source", "poll-question", "poll-options"))
    assert re.search(r'name="poll-way"[^>]* value="several"[^>]* checked', html)


def test_links_and_noise_are_no_options(client: Client, board: Board, stranger: User) -> None:
    client.force_login(stranger)
    page = send(client, board, **{"poll-options": "http://a.com http://b.com\nវត្ត"})
    assert (page.status_code, Topic.objects.count()) == (422, 0)


def test_it_waits_with_its_topic(client: Client, stranger: User, judge: User, settings: Any) -> None:
    settings.FIRST_POSTS_HELD = 5
    client.force_login(stranger)
    board = BoardFactory.create()
    for _ in range(2):
        send(client, board, client_id=str(uuid.uuid4()))
    gone, held = HeldPost.objects.order_by("pk")
    assert "ផ្លូវណាមុន?" in client.get(f"/km/forum/waiting/{held.public_id}/").content.decode()
    [kept, _] = collect_export(stranger)["parts"]["forum_waiting"]
    assert kept["poll"] == "ផ្លូវណាមុន?\nផ្សារ\nវត្ត"
    client.post(f"/km/forum/waiting/{gone.public_id}/")
    assert Draft.objects.get().source == "យើងពិភាក្សា\n\nផ្លូវណាមុន?\nផ្សារ\nវត្ត"
    client.force_login(judge)
    assert "ផ្លូវណាមុន?" in client.get("/km/forum/reports/held/").content.decode()
    topic = release(held, by=judge).topic
    poll = Poll.objects.get(topic=topic)
    assert (poll.way, poll.options.count(), poll.created_at > held.held_at) == ("several", 2, True)


def test_a_poll_that_cannot_be_leaves_no_topic(board: Board, learner: User) -> None:
    facts = PollFacts("ពណ៌?", ["ក"], PollWay.SINGLE, days=3)
    with pytest.raises(NotReadyError):
        start_topic(board, by=learner, kind=TopicKind.DISCUSSION, title="t", source="s", poll=facts)
    assert not Topic.objects.exists()


def test_its_words_are_kept_with_the_draft(client: Client, board: Board, learner: User) -> None:
    client.force_login(learner)
    send(client, board, keep="1")
    assert Draft.objects.get().source == "យើងពិភាក្សា\n\nផ្លូវណាមុន?\n\nផ្សារ\nវត្ត"
