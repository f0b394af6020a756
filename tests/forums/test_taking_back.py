"""A topic whose author changes its title, deletes the words it began with, or leaves."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.services.leaving import delete_account
from forums import rules
from forums.enums import PollWay, TopicKind, WordEffect
from forums.models import Asked, Board, Poll, PostVersion, Topic, WatchedWord
from forums.services import delete, edit
from forums.services.ideas.facts import IdeaFacts
from forums.services.ideas.moving import move
from forums.services.ideas.reading import list_ideas
from forums.services.ideas.supporting import support
from forums.services.polls.making import PollFacts, add_poll
from forums.services.polls.voting import vote
from forums.services.questions.clock import remind_of_questions, start_clocks
from forums.services.recount import recount_boards
from tests.factories.forums import make_reply, make_topic


def read(topic: Topic) -> Topic:
    return Topic.objects.select_related("board__commune", "idea", "asked", "poll").get(pk=topic.pk)


def take_back(topic: Topic) -> Topic:
    assert topic.author is not None
    delete(topic.posts.get(number=1), by=topic.author)
    return read(topic)


def test_the_title_is_changed_with_the_first_post_and_remembered(client: Client, board: Board, learner: User) -> None:
    topic = make_topic(board, by=learner, title="ផ្លូវវក់")
    at = f"/km/forum/topics/{topic.public_id}/posts/1/"
    client.force_login(learner)
    assert 'value="ផ្លូវវក់"' in client.get(f"{at}edit/").content.decode()
    assert client.post(f"{at}edit/", {"title": " ", "source": "ខ"}).status_code == 422
    assert client.post(f"{at}edit/", {"title": "ផ្លូវ\nខូច", "source": "ខ"}).status_code == 302
    assert read(topic).title == "ផ្លូវ ខូច"
    assert "ផ្លូវ ខូច" in client.get(f"/km/forum/boards/{board.slug}/").content.decode()
    assert "ផ្លូវវក់" in client.get(f"{at}history/").content.decode()
    edit(topic.posts.get(number=1), by=learner, source="គ")
    assert list(PostVersion.objects.order_by("number").values_list("title", flat=True)) == ["ផ្លូវវក់", ""]
    answer = make_reply(topic, by=learner)
    html = client.get(f"/km/forum/topics/{topic.public_id}/posts/{answer.number}/edit/").content.decode()
    assert 'name="title"' not in html


def test_a_title_passes_what_a_text_passes(client: Client, board: Board, learner: User) -> None:
    WatchedWord.objects.create(word="ពាក្យហាម", reason="insult", effect=WordEffect.HOLD)
    topic = make_topic(board, by=learner, title="ផ្លូវ")
    client.force_login(learner)
    at = f"/km/forum/topics/{topic.public_id}/posts/1/edit/"
    for title in ("ពាក្យហាម", "កកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកកក"):
        assert client.post(at, {"title": title, "source": "ខ"}).status_code == 422
    assert read(topic).title == "ផ្លូវ"


def test_the_title_goes_with_the_words_and_what_others_wrote_stays(client: Client, question: Topic) -> None:
    make_reply(question, source="ចម្លើយអ្នកផ្សេង")
    title = question.title
    topic = take_back(question)
    assert title not in topic.title
    for page in (topic.board.get_absolute_url(), topic.get_absolute_url(), f"{topic.board.get_absolute_url()}feed/"):
        assert title not in client.get(page).content.decode()
    html = client.get(topic.get_absolute_url()).content.decode()
    assert "ចម្លើយអ្នកផ្សេង" in html
    assert "hourglass" not in html


def test_nobody_waits_for_a_question_that_was_taken_back(question: Topic, office: Organisation) -> None:
    take_back(question)
    Asked.objects.update(reminded=0)
    assert Asked.objects.values_list("since", "due_at").get() == (None, None)
    start_clocks(office)
    assert remind_of_questions() == 0
    assert not Topic.objects.unanswered().exists()
    assert Board.objects.get(pk=question.board_id).unanswered_count == 0
    assert list(recount_boards(repair=False)) == []


def test_an_answer_stays_and_is_not_asked_for_again(question: Topic, clerk: User, learner: User) -> None:
    answer = make_reply(question, by=clerk, as_answer=True)
    topic = take_back(question)
    assert (topic.answer, topic.is_answered) == (answer, True)
    assert rules.can_rate(learner, topic)
    assert not rules.can_open_again(learner, topic)


def test_no_office_is_late_for_somebody_who_left(question: Topic, learner: User) -> None:
    Asked.objects.update(since=timezone.now() - timedelta(days=8), due_at=timezone.now() - timedelta(days=1))
    delete_account(learner)
    assert Asked.objects.values_list("since", "due_at").get() == (None, None)
    assert remind_of_questions() == 0
    assert Topic.objects.unanswered().exists()


@pytest.mark.parametrize("has_begun", [False, True])
def test_an_idea_ends_unless_the_office_has_begun(
    board: Board, learner: User, stranger: User, clerk: User, has_begun: bool
) -> None:
    idea = make_topic(board, by=learner, kind=TopicKind.IDEA)
    support(idea, by=stranger)
    if has_begun:
        move(idea, "review", by=clerk, words="យើងពិនិត្យ។")
    topic = take_back(idea)
    assert not rules.can_support(stranger, topic)
    assert rules.can_move_idea(clerk, topic) is has_begun
    assert not list_ideas(board, user=stranger).exists()


def test_a_poll_ends_with_the_words_it_stands_under(board: Board, learner: User, stranger: User) -> None:
    for voted in (False, True):
        topic = make_topic(board, by=learner, kind=TopicKind.DISCUSSION)
        facts: Any = {"question": "ផ្លូវណា?", "options": ["ក", "ខ"], "way": PollWay.SINGLE, "days": 3}
        add_poll(topic, PollFacts(**facts), by=learner)
        if voted:
            vote(topic, [1], by=stranger)
        topic = take_back(topic)
        assert Poll.objects.filter(topic=topic).exists() is voted
        assert not rules.can_add_poll(learner, topic)
    assert topic.poll.is_over


def test_what_an_idea_says_of_itself_is_changed_until_the_office_begins(
    client: Client, board: Board, learner: User, clerk: User
) -> None:
    WatchedWord.objects.create(word="ពាក្យហាម", reason="insult", effect=WordEffect.HOLD)
    topic = make_topic(board, by=learner, kind=TopicKind.IDEA, idea=IdeaFacts(place="ផ្សារ"))
    at = f"/km/forum/topics/{topic.public_id}/posts/1/edit/"
    client.force_login(learner)
    assert 'value="ផ្សារ"' in client.get(at).content.decode()
    words = {"title": topic.title, "source": topic.posts.get().source}
    facts = {"category": "economy", "place": "សាលា", "cost": "small"}
    assert client.post(at, words | facts).status_code == 302
    idea = read(topic).idea
    assert (idea.category, idea.place, idea.cost) == ("economy", "សាលា", "small")
    assert topic.posts.get().version == 1  # the words are the same
    client.post(at, words)
    assert read(topic).idea.place == "សាលា"
    assert client.post(at, words | facts | {"place": "ពាក្យហាម"}).status_code == 422
    move(topic, "review", by=clerk, words="យើងពិនិត្យ។")
    assert 'name="place"' not in client.get(at).content.decode()
    client.post(at, words | facts | {"place": "វត្ត"})
    assert read(topic).idea.place == "សាលា"
