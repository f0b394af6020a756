"""The word list reads comparable Khmer and spares false friends; the quiet time makes party words wait."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import STAFF
from forums.enums import HideReason, HoldReason, WordEffect
from forums.errors import NotAllowedError
from forums.models import Board, Case, HeldPost, Post, QuietPeriod, Topic, WatchedWord
from forums.services.holding import submit_reply
from forums.services.watching import end_quiet, find_quiet, find_words, save_word, set_quiet
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_reply


def watch(judge: User, word: str, effect: WordEffect = WordEffect.FLAG, friends: str = "") -> WatchedWord:
    row = WatchedWord(word=word, effect=effect, friends=friends, reason=HideReason.PARTY)
    save_word(row, by=judge)
    return row


@pytest.fixture
def officer(db: None) -> User:
    user = UserFactory.create(username="officer")
    user.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return user


def make_quiet(officer: User, days: int = 0) -> QuietPeriod:
    day = timezone.localdate() + timedelta(days=days)
    row = QuietPeriod(start_date=day, end_date=day, why_km="ការបោះឆ្នោត", why_en="Election week.")
    set_quiet(row, by=officer)
    return row


@pytest.mark.parametrize(
    ("word", "text", "stands"),
    [
        ("បក្ស", "ចូល​បក្ស​យើង", True),
        ("បក្ស", "ចូលប\u200bក្សយើង", True),  # an invisible sign inside
        ("កណ្តាល", "ខេត្តកណ្ដាល", True),  # another code, the same look
        ("កា", "ការងារ", True),  # a whole syllable inside a longer word: what false friends are for
        ("ក", "ការងារ", False),  # half a syllable is no word
        ("vote", "devoted people", False),
        ("vote", "VOTE for us", True),
    ],
)
def test_how_a_word_is_found(judge: User, word: str, text: str, stands: bool) -> None:
    watch(judge, word)
    assert bool(find_words(text)) == stands


def test_false_friends_are_spared(judge: User) -> None:
    watch(judge, "បក្ស", friends="បក្សី\nបក្សពួក")
    assert [bool(find_words(text)) for text in ("ហ្វូងបក្សី", "បក្សពួករបស់គាត់", "បក្សពួក និងបក្ស")] == [False, False, True]


def test_what_a_word_does(question: Topic, judge: User, officer: User, stranger: User) -> None:
    watch(judge, "អាក្រក់", WordEffect.HOLD)
    watch(judge, "បក្ស", WordEffect.QUIET)

    def send(text: str) -> Post | HeldPost:
        return submit_reply(question, by=stranger, source=text, client_id=uuid.uuid4())

    held = send("មនុស្សអាក្រក់")
    assert isinstance(held, HeldPost)
    assert (held.why, held.release_at) == (HoldReason.WORDS, None)  # a person decides
    assert isinstance(send("ចូលបក្ស"), Post)
    assert (Case.objects.get().reason, Case.objects.get().report_count) == (HideReason.PARTY, 0)
    quiet = make_quiet(officer)
    held = send("ចូលបក្ស ម្ដងទៀត")
    assert isinstance(held, HeldPost)
    assert held.why == HoldReason.QUIET
    end_quiet(quiet, by=officer)
    quiet.refresh_from_db()
    assert (isinstance(send("បក្ស បី"), Post), quiet.ended_by) == (True, officer)


def test_whom_the_programme_knows_is_not_held_but_flagged(question: Topic, judge: User, clerk: User) -> None:
    watch(judge, "អាក្រក់", WordEffect.HOLD)
    assert isinstance(submit_reply(question, by=clerk, source="អាក្រក់", client_id=uuid.uuid4()), Post)
    assert Case.objects.count() == 1
    make_reply(question, source="ល្អ")
    assert Case.objects.count() == 1


def test_boards_say_when_it_is_quiet_and_staff_alone_set_it(
    client: Client, board: Board, officer: User, judge: User
) -> None:
    address = f"/en/forum/boards/{board.slug}/"
    make_quiet(officer, days=3)
    assert "Quiet time" not in client.get(address).content.decode()
    make_quiet(officer)
    pages = [client.get(page).content.decode() for page in (address, "/en/forum/")]
    assert ["Election week." in html for html in pages] == [True, True]
    with pytest.raises(NotAllowedError):
        set_quiet(QuietPeriod(start_date=timezone.localdate(), end_date=timezone.localdate()), by=judge)
    client.force_login(judge)
    html = client.get("/en/forum/reports/quiet/").content.decode()
    assert ("Set by" in html, "Set a quiet time" in html) == (True, False)
    assert find_quiet() is not None
    client.force_login(officer)
    for sent in ("abc", "0"):
        answer = client.post("/en/forum/reports/quiet/", {"end": sent})
        assert (answer.status_code, "no such quiet time" in answer.content.decode()) == (422, True)


def test_moderators_edit_the_list_and_try_it(client: Client, judge: User, stranger: User) -> None:
    address = "/en/forum/reports/list/"
    client.force_login(stranger)
    assert client.get(address).status_code == 403
    client.force_login(judge)
    sent: dict[str, Any] = {"word": "បក្ស", "friends": "", "effect": "hold", "reason": "party"}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 422]  # once is enough
    assert client.post(address, {**sent, "word": "ក"}).status_code == 422
    assert "The post waits for a moderator" in client.get(address, {"text": "ចូលបក្ស"}).content.decode()
    row = WatchedWord.objects.get()
    client.post(f"{address}{row.pk}/", {"act": "drop"})
    assert (WatchedWord.objects.count(), find_words("ចូលបក្ស")) == (0, [])
