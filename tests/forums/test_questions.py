"""Questions to an office: the clock, whom it reminds, the asker's word, asking again, the meeting."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.rules import STAFF
from accounts.services.organisations import verify_organisation
from accounts.signals import deleting_account, exporting
from forums.enums import Rating, TopicKind
from forums.models import AnswerRating, Asked, Board, Topic
from forums.services.boards import get_board_of, who_answers
from forums.services.questions.answering import open_again, rate
from forums.services.questions.clock import promise, remind_of_questions
from notifications.models import Notification
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.forums import make_reply, make_topic
from tests.factories.participation import MeetingFactory
from volunteers.services.desk import find_questions


def told(code: str) -> list[str]:
    rows = Notification.objects.filter(kind=f"forums.question_{code}").order_by("pk")
    return [row.recipient.username for row in rows]


def wait(days: float) -> None:
    """So much time passes for every question."""
    for asked in Asked.objects.exclude(due_at=None):
        Asked.objects.filter(pk=asked.pk).update(
            since=asked.since - timedelta(days=days), due_at=asked.due_at - timedelta(days=days)
        )


def test_the_clock_shows_which_day_it_is(client: Client, question: Topic) -> None:
    at = f"/en/forum/topics/{question.public_id}/"
    assert "Day 1 of 7" in client.get(at).content.decode()
    wait(3)
    assert "Day 4 of 7" in client.get(at).content.decode()
    wait(6)
    for page in (at, f"/en/forum/boards/{question.board.slug}/"):
        assert "Late by 2 days" in client.get(page).content.decode()


def test_the_office_promises_and_strangers_do_not(client: Client, board: Board, clerk: User, stranger: User) -> None:
    address = f"/en/forum/boards/{board.slug}/promise/"
    client.force_login(stranger)
    assert client.get(address).status_code == 403
    client.force_login(clerk)
    assert client.post(address, {"days": "4"}).status_code == 422
    assert client.post(address, {"days": "3"}).status_code == 302
    assert make_topic(board).asked.days == 3
    assert who_answers(board).promised == 3
    assert "within 3 days" in client.get(f"/en/forum/boards/{board.slug}/").content.decode()


def test_an_office_that_joins_has_its_days_from_then(db: None) -> None:
    office = OfficeFactory.create(verification="waiting", verified_at=None)
    question = make_topic(get_board_of(office.commune))
    assert question.asked.due_at is None
    verify_organisation(office, by=UserFactory.create(is_superuser=True))
    asked = Asked.objects.get(pk=question.pk)
    assert (asked.day, asked.days) == (1, 7)


def test_reminders_at_3_and_7_days_and_then_the_programme(
    question: Topic, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    UserFactory.create(username="staff").groups.add(Group.objects.get_or_create(name=STAFF)[0])
    heard = []
    for days in (2, 1.5, 4, 3, 20):
        wait(days)
        with django_capture_on_commit_callbacks(execute=True):
            first = remind_of_questions()
            assert remind_of_questions() == 0
        heard.append((first, len(told("waits")), len(told("waits_long")), len(told("unanswered"))))
    assert heard == [(0, 0, 0, 0), (1, 1, 0, 0), (1, 1, 1, 0), (1, 1, 1, 1), (0, 1, 1, 1)]
    assert (told("waits"), told("unanswered")) == (["clerk"], ["staff"])


def test_nobody_is_reminded_of_what_is_answered_or_hidden(question: Topic, board: Board, clerk: User) -> None:
    make_reply(question, by=clerk, as_answer=True)
    Topic.objects.filter(pk=make_topic(board).pk).update(is_hidden=True)
    wait(8)
    assert remind_of_questions() == 0


def test_the_asker_hears_rates_and_asks_again(
    client: Client, question: Topic, learner: User, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_reply(question, by=clerk, as_answer=True)
    assert told("answered") == ["learner"]
    at = f"/en/forum/topics/{question.public_id}/"
    client.force_login(learner)
    assert "Did the answer help you?" in client.get(at).content.decode()
    assert client.post(f"{at}rate/", {}).status_code == 422
    assert client.post(f"{at}rate/", {"rating": "helped"})["Location"] == at
    assert client.post(f"{at}rate/", {"rating": "no", "words": "Which papers?"})["Location"] == f"{at}rate/"
    assert "Open the question again" in client.get(f"{at}rate/").content.decode()
    wait(5)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{at}again/").status_code == 302
    topic = Topic.objects.get(pk=question.pk)
    assert (topic.is_answered, topic.answer, topic.asked.turn, topic.asked.day) == (False, None, 2, 1)
    assert told("reopened") == ["clerk"]
    assert AnswerRating.objects.get().rating == Rating.NO
    with django_capture_on_commit_callbacks(execute=True):
        make_reply(question, by=clerk, as_answer=True)
    rate(question, by=learner, rating=Rating.HELPED)
    assert told("answered") == ["learner", "learner"]
    assert list(AnswerRating.objects.values_list("turn", "rating")) == [(1, "no"), (2, "helped")]


def test_only_the_asker_rates_and_not_without_end(question: Topic, learner: User, stranger: User, clerk: User) -> None:
    with pytest.raises(PermissionDenied):
        rate(question, by=learner, rating=Rating.HELPED)  # there is no answer yet
    for _ in range(3):
        make_reply(question, by=clerk, as_answer=True)
        open_again(question, by=learner)
    make_reply(question, by=clerk, as_answer=True)
    for act in (lambda: rate(question, by=stranger, rating=Rating.NO), lambda: open_again(question, by=learner)):
        with pytest.raises(PermissionDenied):
            act()


def test_ratings_are_told_in_tenths_from_ten_on(board: Board, clerk: User) -> None:
    seen = []
    for number in range(12):
        topic = make_topic(board)
        make_reply(topic, by=clerk, as_answer=True)
        rate(topic, by=topic.author, rating=Rating.NO if number < 3 else Rating.HELPED)
        seen.append(who_answers(board).helped)
    assert seen == [None] * 9 + [7, 7, 8]
    AnswerRating.objects.update(rating=Rating.NO)
    assert who_answers(board).helped == 1


def test_the_desk_shows_what_is_due_first_and_how_many_are_late(
    client: Client, board: Board, clerk: User, office: Organisation
) -> None:
    late = make_topic(board, title="Late one")
    wait(9)
    promise(office, by=clerk, days=14)
    slow = make_topic(board, title="Slow one")
    promise(office, by=clerk, days=3)
    soon = make_topic(board, title="Soon one")
    found = find_questions(clerk)
    assert ([topic.pk for topic in found.topics], found.count, found.late) == ([late.pk, soon.pk, slow.pk], 3, 1)
    client.force_login(clerk)
    html = client.get("/en/requests/desk/").content.decode()
    assert "1 late" in html
    assert "Late by 2 days" in html


def test_answered_at_a_meeting(client: Client, question: Topic, clerk: User, office: Organisation) -> None:
    held = MeetingFactory.create(office=office, over=True)
    MeetingFactory.create(office=office, title_km="ខាងមុខ")
    make_reply(question, by=clerk, as_answer=True)
    at = f"/en/forum/topics/{question.public_id}/"
    address = f"/en/questions/{question.public_id}/meeting/"
    client.force_login(UserFactory.create())
    assert client.get(address).status_code == 403
    client.force_login(clerk)
    assert client.get(address).content.decode().count('name="meeting"') == 2
    assert client.post(address, {"meeting": str(held.public_id)}).status_code == 302
    html = client.get(at).content.decode()
    assert "Answered at the meeting of" in html
    assert f'href="/meetings/{held.public_id}/"' in html
    assert client.get(f"/meetings/{held.public_id}/", follow=True).status_code == 200
    client.post(address, {"meeting": ""})
    assert "Answered at the meeting of" not in client.get(at).content.decode()


def test_a_question_goes_to_a_role(client: Client, board: Board, learner: User) -> None:
    client.force_login(learner)
    sent = {"kind": "question", "title": "Road?", "source": "When?", "role": "chief"}
    assert client.post(f"/en/forum/boards/{board.slug}/new/?kind=question", sent).status_code == 302
    topic = Topic.objects.get()
    assert topic.asked.role == "chief"
    assert "To: Commune chief" in client.get(topic.get_absolute_url().replace("/km/", "/en/")).content.decode()
    assert make_topic(board, kind=TopicKind.DISCUSSION).kind == TopicKind.DISCUSSION


def test_own_words_go_along_and_away(question: Topic, learner: User, clerk: User) -> None:
    make_reply(question, by=clerk, as_answer=True)
    rate(question, by=learner, rating=Rating.PARTLY, words="Secret")
    parts: dict[str, Any] = {}
    exporting.send(sender=None, user=learner, parts=parts)
    assert [row["text"] for row in parts["forum_ratings"]] == ["Secret"]
    deleting_account.send(sender=None, user=learner)
    assert list(AnswerRating.objects.values_list("rating", "words")) == [("partly", "")]
    assert timezone.now() > AnswerRating.objects.get().rated_at
