"""How long a post may wait: who is reminded, who is asked then, what lets it through, what its writer hears."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import STAFF
from forums.enums import HideReason, HoldReason, WordEffect
from forums.errors import NotAllowedError
from forums.models import Case, HeldPost, Post, QuietPeriod, Topic, WatchedWord
from forums.services.held_clock import release_due, remind_of_held
from forums.services.holding import refuse, release, submit_reply
from forums.services.protecting import reply_protected
from forums.services.watching import end_quiet, save_word, set_quiet
from notifications.models import Notification
from tests.factories.accounts import UserFactory

PARTY, RUDE = "បក្ស", "អាក្រក់"


@pytest.fixture(autouse=True)
def words(settings: Any, judge: User) -> None:
    settings.FIRST_POSTS_HELD = 1
    cache.clear()
    for word, effect in ((PARTY, WordEffect.QUIET), (RUDE, WordEffect.HOLD)):
        save_word(WatchedWord(word=word, effect=effect, reason=HideReason.PARTY), by=judge)


@pytest.fixture
def officer(db: None) -> User:
    user = UserFactory.create(username="officer")
    user.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return user


def make_quiet(officer: User) -> QuietPeriod:
    today = timezone.localdate()
    row = QuietPeriod(start_date=today, end_date=today + timedelta(days=3), why_km="ក", why_en="Election")
    set_quiet(row, by=officer)
    return row


def hold(topic: Topic, by: User, source: str) -> HeldPost:
    held = submit_reply(topic, by=by, source=source, client_id=uuid.uuid4())
    assert isinstance(held, HeldPost)
    return held


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=f"forums.{kind}").values_list("recipient", flat=True))


def test_moderators_are_reminded_then_the_programme_is_asked_and_the_writer_told(
    question: Topic, stranger: User, judge: User, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    held = hold(question, stranger, RUDE)

    def wait(hours: int) -> tuple[int, int, bool, bool, bool]:
        HeldPost.objects.update(held_at=timezone.now() - timedelta(hours=hours, minutes=1))
        with django_capture_on_commit_callbacks(execute=True):
            counts = remind_of_held(), remind_of_held()
        return (
            *counts,
            told("post_held_waits") == {judge.pk},
            told("post_held_late") == {officer.pk},
            bool(told("post_still_held")),
        )

    assert wait(5) == (0, 0, False, False, False)
    assert wait(6) == (1, 0, True, False, False)
    with pytest.raises(NotAllowedError):
        release(held, by=officer)
    assert wait(24) == (1, 0, True, True, True)
    assert told("post_still_held") == {stranger.pk}
    held.refresh_from_db()
    with pytest.raises(NotAllowedError):
        refuse(held, by=officer, reason=HideReason.SPAM)
    assert release(held, by=officer).is_visible


def test_the_programme_meets_it_once_it_waits_too_long(
    client: Client, question: Topic, stranger: User, officer: User, judge: User
) -> None:
    hold(question, stranger, RUDE)
    client.force_login(officer)
    pages = [client.get("/en/forum/reports/held/").content.decode()]
    HeldPost.objects.update(escalated_at=timezone.now())
    pages.append(client.get("/en/forum/reports/held/").content.decode())
    client.force_login(judge)
    pages.append(client.get("/en/forum/reports/held/").content.decode())
    assert [("Let through" in page, "Refuse" in page) for page in pages] == [
        (False, False),
        (True, False),
        (True, True),
    ]


def test_a_first_post_is_reminded_of_and_then_stands_by_itself(
    question: Topic, stranger: User, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    hold(question, stranger, "សួស្ដី")
    HeldPost.objects.update(held_at=timezone.now() - timedelta(hours=30))
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_of_held() == 1
    assert (bool(told("post_held_waits")), told("post_held_late")) == (True, set())
    HeldPost.objects.update(release_at=None)  # the clock could not let it through
    assert remind_of_held() == 1


def test_a_protected_writer_is_told_on_the_page_alone(
    client: Client, question: Topic, stranger: User, officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    held = reply_protected(question, by=stranger, source=RUDE, client_id=uuid.uuid4())
    HeldPost.objects.update(held_at=timezone.now() - timedelta(hours=30))
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_of_held() == 1  # who is asked needs no reminder before
    assert (told("post_still_held"), told("post_held_late")) == (set(), {officer.pk})
    client.force_login(stranger)
    html = client.get(held.get_absolute_url().replace("/km/", "/en/")).content.decode()
    assert ("The programme was asked on" in html, "Nobody writes to you about it" in html) == (True, True)


def test_what_the_quiet_time_held_stands_when_it_is_over(
    client: Client, question: Topic, stranger: User, officer: User
) -> None:
    quiet = make_quiet(officer)
    held = hold(question, stranger, PARTY)
    assert (held.why, held.release_at, release_due()) == (HoldReason.QUIET, None, 0)
    client.force_login(stranger)
    page = client.get(held.get_absolute_url().replace("/km/", "/en/")).content.decode()
    assert "everybody can read it from" in page
    end_quiet(quiet, by=officer)
    assert (release_due(), HeldPost.objects.count()) == (1, 0)
    post = Post.objects.get(author=stranger)
    assert (post.is_visible, Case.objects.get().post) == (True, post)  # as outside of a quiet time: a moderator looks


def test_a_word_that_was_listed_meanwhile_keeps_it_waiting(
    question: Topic, stranger: User, officer: User, judge: User
) -> None:
    quiet = make_quiet(officer)
    held = hold(question, stranger, f"{PARTY} ល្អ")
    save_word(WatchedWord(word="ល្អ", effect=WordEffect.HOLD, reason=HideReason.PARTY), by=judge)
    end_quiet(quiet, by=officer)
    assert (release_due(), release_due()) == (0, 0)
    held.refresh_from_db()
    assert (held.why, held.release_at) == (HoldReason.WORDS, None)


def test_hours_of_nought_remind_nobody(question: Topic, stranger: User, settings: Any) -> None:
    settings.HELD_REMINDER_HOURS = settings.HELD_ESCALATION_HOURS = 0
    hold(question, stranger, RUDE)
    HeldPost.objects.update(held_at=timezone.now() - timedelta(days=30))
    assert remind_of_held() == 0
