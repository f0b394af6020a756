"""What askers say of answers, as the office reads it; and both sides of "answered at the meeting of"."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from accounts.signals import deleting_account
from forums.enums import HideReason, Rating
from forums.models import AnswerRating, Asked, Board, Topic
from forums.services import hide
from forums.services.questions.answering import open_again, rate
from forums.services.questions.ratings import list_unread_ratings, mark_ratings_read
from participation.services.questions import list_held, name_meeting
from tests.factories.accounts import MembershipFactory, OfficeFactory
from tests.factories.forums import BoardFactory, make_reply, make_topic
from tests.factories.participation import MeetingFactory
from volunteers.services.desk import count_desk

ADDRESS = "/en/forum/ratings/"


def make_rated(board: Board, clerk: User, rating: Rating = Rating.HELPED, words: str = "") -> Topic:
    topic = make_topic(board)
    make_reply(topic, by=clerk, as_answer=True)
    rate(topic, by=topic.author, rating=rating, words=words)  # type: ignore[arg-type]
    return Topic.objects.get(pk=topic.pk)


def test_the_office_reads_the_words_and_they_are_new_once(client: Client, board: Board, clerk: User) -> None:
    topic = make_rated(board, clerk, Rating.PARTLY, "Which papers?")
    client.force_login(clerk)
    assert "new ratings of your answers" in client.get("/en/requests/desk/").text
    first, second = client.get(ADDRESS).text, client.get(ADDRESS).text
    for words in ("Which papers?", topic.title, str(topic.author.public_name), "It helped partly"):  # type: ignore[union-attr]
        assert words in first
    assert (first.count(">New<"), second.count(">New<"), count_desk(clerk).ratings) == (1, 0, 0)
    rate(topic, by=topic.author, rating=Rating.NO)  # type: ignore[arg-type]
    assert count_desk(clerk).ratings == 1


def test_others_find_nothing_and_no_other_offices_ratings(
    client: Client, board: Board, clerk: User, judge: User, stranger: User
) -> None:
    make_rated(board, clerk, words="Secret")
    for person in (judge, stranger):
        client.force_login(person)
        assert client.get(ADDRESS).status_code == 404
    waiting = MembershipFactory.create(organisation=OfficeFactory.create(verification="waiting", verified_at=None)).user
    client.force_login(waiting)
    assert client.get(ADDRESS).status_code == 404
    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    client.force_login(rival)
    assert "Secret" not in client.get(ADDRESS).text
    assert count_desk(rival).ratings == 0


def test_who_left_is_not_named_and_what_is_hidden_is_away(
    client: Client, board: Board, clerk: User, judge: User
) -> None:
    left, hidden = make_rated(board, clerk, words="Gone"), make_rated(board, clerk, words="Insult")
    author = left.author
    assert author is not None
    deleting_account.send(sender=None, user=author)
    author.delete()
    hide(hidden.posts.get(number=1), by=judge, reason=HideReason.INSULT)
    client.force_login(clerk)
    text = client.get(ADDRESS).text
    assert [words in text for words in ("A former member", "Gone", "Insult")] == [True, False, False]


def test_a_word_that_came_meanwhile_stays_new(board: Board, clerk: User) -> None:
    topic = make_rated(board, clerk)
    shown = list(AnswerRating.objects.all())
    rate(topic, by=topic.author, rating=Rating.NO)  # type: ignore[arg-type]
    mark_ratings_read(shown)
    assert list_unread_ratings(clerk).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(
    client: Client, board: Board, clerk: User, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        make_rated(board, clerk)
    client.force_login(clerk)
    client.get(ADDRESS)
    with django_assert_num_queries(5):
        client.get(ADDRESS)


def test_the_meeting_shows_what_was_answered_there(
    client: Client, question: Topic, learner: User, clerk: User, office: Organisation, judge: User
) -> None:
    held = MeetingFactory.create(office=office, over=True)
    make_reply(question, by=clerk, as_answer=True)
    name_meeting(question, held, by=clerk)
    page = f"/en/meetings/{held.public_id}/"
    assert question.title in client.get(page).text
    open_again(question, by=learner)
    assert Topic.objects.get(pk=question.pk).asked.meeting_url == ""
    make_reply(question, by=clerk, as_answer=True)
    name_meeting(question, held, by=clerk)
    hide(question.posts.get(number=1), by=judge, reason=HideReason.SPAM)
    assert question.title not in client.get(page).text


def test_an_old_meeting_stays_named_when_the_form_is_saved(
    client: Client, question: Topic, clerk: User, office: Organisation
) -> None:
    starts_at = timezone.now() - timedelta(days=400)
    old = MeetingFactory.create(office=office, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    make_reply(question, by=clerk, as_answer=True)
    name_meeting(question, old, by=clerk)
    for _ in range(12):
        MeetingFactory.create(office=office, over=True)
    topic = Topic.objects.select_related("asked").get(pk=question.pk)
    assert (len(list_held(topic)), list_held(topic)[-1]) == (13, old)
    client.force_login(clerk)
    address = f"/en/questions/{question.public_id}/meeting/"
    assert f'value="{old.public_id}" checked' in client.get(address).text
    for sent in ({}, {"meeting": "other"}):
        assert client.post(address, sent).status_code == 422
    assert Topic.objects.get(pk=question.pk).asked.meeting_url.endswith(f"/meetings/{old.public_id}/")


def test_the_whole_list_of_what_waits_stands_by_its_day(
    client: Client, board: Board, clerk: User, stranger: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    soon, late = make_topic(board, title="Soon one"), make_topic(board, title="Late one")
    make_topic(BoardFactory.create(of_commune=True), title="Elsewhere")
    make_reply(make_topic(board, title="Answered one"), by=clerk, as_answer=True)
    now = timezone.now()
    Asked.objects.filter(topic=late).update(since=now - timedelta(days=9), due_at=now - timedelta(days=2))
    client.force_login(stranger)
    assert client.get("/en/forum/questions/").status_code == 404
    client.force_login(clerk)
    client.get("/en/forum/questions/")
    with django_assert_num_queries(5):
        text = client.get("/en/forum/questions/").text
    assert text.index(late.title) < text.index(soon.title)
    assert [words in text for words in ("Elsewhere", "Answered one", "Late by 2 days", "1 late")] == [
        False, False, True, True,
    ]  # fmt: skip
    narrowed = client.get("/en/forum/questions/?late=1").text
    assert [late.title in narrowed, soon.title in narrowed] == [True, False]
