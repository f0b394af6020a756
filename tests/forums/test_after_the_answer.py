"""What may happen to a question and its answer later: people leave, open again, take back, write under a mask."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, User
from forums import rules
from forums.errors import NotAllowedError
from forums.models import AnswerRating, Asked, Board, Post, Topic, TopicEvent
from forums.services import delete, edit, unmark_answer
from forums.services.following import follow
from forums.services.masking import wear_mask
from forums.services.masking import write_topic as write_masked_topic
from forums.services.questions.answering import note_meeting
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory
from tests.factories.forums import make_reply


def name_meeting(topic: Topic, by: User) -> None:
    note_meeting(topic, by=by, url="/meetings/1/", title_km="ប្រជុំ", title_en="Meeting", day=timezone.localdate())


def test_who_left_the_office_does_not_rewrite_its_answer(question: Topic, clerk: User) -> None:
    post = make_reply(question, by=clerk, source="ថ្ងៃចន្ទ", as_answer=True)
    assert edit(post, by=clerk, source="ថ្ងៃអង្គារ").source == "ថ្ងៃអង្គារ"
    Membership.objects.update(ended_at=timezone.now())
    gone = User.objects.get(pk=clerk.pk)
    for act in (lambda: edit(post, by=gone, source="គ្មានទេ"), lambda: delete(post, by=gone)):
        with pytest.raises(NotAllowedError):
            act()
    assert Topic.objects.get(pk=question.pk).answer == post


def test_nobody_puts_words_under_the_name_of_a_colleague(question: Topic, clerk: User) -> None:
    post = make_reply(question, by=clerk, source="ថ្ងៃចន្ទ", as_answer=True)
    colleague = MembershipFactory.create(organisation=clerk.memberships.get().organisation).user
    with pytest.raises(NotAllowedError):
        edit(post, by=colleague, source="ថ្ងៃអង្គារ")
    anew = make_reply(question, by=colleague, source="ថ្ងៃអង្គារ", as_answer=True)
    assert Topic.objects.get(pk=question.pk).answer == anew


@pytest.mark.parametrize("way", ["unmark", "delete"])
def test_what_waits_again_was_answered_at_no_meeting(question: Topic, clerk: User, way: str) -> None:
    post = make_reply(question, by=clerk, as_answer=True)
    name_meeting(question, clerk)
    (unmark_answer if way == "unmark" else delete)(post, by=clerk)
    assert Asked.objects.values_list("meeting_url", "meeting_km", "meeting_date").get() == ("", "", None)


def test_a_protected_asker_rates_and_opens_again_and_leaves_no_time(client: Client, board: Board, clerk: User,
    stranger: User, learner: User, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    key, words = uuid.uuid4(), {"title": "ហេតុអ្វីយកលុយ?", "source": "គេសុំលុយ។"}
    mask = wear_mask(learner, key)
    topic = write_masked_topic(board, mask, kind="question", client_id=uuid.uuid4(), **words)  # type: ignore[arg-type]
    make_reply(topic, by=clerk, as_answer=True)
    topic = Topic.objects.select_related("board", "asked").get(pk=topic.pk)
    assert [rules.can_rate(who, topic) for who in (stranger, clerk)] == [False, False]
    now = datetime(2026, 3, 2, 3, 47, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    client.force_login(learner)
    at = f"/en/forum/topics/{topic.public_id}/"
    assert client.post(f"{at}rate/", {"rating": "no", "words": "គ្មាន"}).status_code == 302
    assert client.post(f"{at}again/").status_code == 302
    asked = Asked.objects.get()
    told = list(TopicEvent.objects.filter(topic=topic).order_by("-seq").values_list("created_at", flat=True)[:2])
    moments = [AnswerRating.objects.get().rated_at, asked.since, *told]
    assert (asked.turn, [moment.minute for moment in moments if moment]) == (2, [0] * 4)


def test_an_asker_who_follows_hears_of_an_answer_once(
    question: Topic, learner: User, clerk: User, stranger: User, django_capture_on_commit_callbacks: Any
) -> None:
    follow(question, by=stranger, level="watch")
    with django_capture_on_commit_callbacks(execute=True):
        make_reply(question, by=clerk, as_answer=True)
    rows = Notification.objects.filter(recipient__in=[learner, stranger]).order_by("kind")
    told = [(row.recipient, row.kind) for row in rows]
    assert told == [(learner, "forums.question_answered"), (stranger, "forums.replied")]
    with django_capture_on_commit_callbacks(execute=True):
        make_reply(question, by=clerk)
    with django_capture_on_commit_callbacks(execute=True):
        make_reply(question, by=clerk, as_answer=True)
    kinds = Notification.objects.filter(recipient=learner).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["forums.question_answered", "forums.replied", "forums.question_answered"]


def test_the_last_morning_is_the_last_day(client: Client, question: Topic) -> None:
    since = timezone.now() - timedelta(days=7) + timedelta(minutes=1)
    Asked.objects.update(since=since, due_at=since + timedelta(days=7))
    asked = Asked.objects.get()
    assert (asked.day, asked.days, asked.late_days) == (7, 7, 0)
    assert Post.objects.get().number == 1
