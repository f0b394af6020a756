"""Counters that drifted are named and mended; true ones are left alone."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import User
from forums.enums import BoardKind, HideReason, PollWay, ReactionKind, TopicKind
from forums.models import Board, Idea, Poll, PollOption, Post, PostText, Topic
from forums.services import hide, react
from forums.services.ideas.supporting import support
from forums.services.polls.making import PollFacts, add_poll
from forums.services.polls.voting import vote
from forums.services.recount import recount
from tests.factories.forums import make_reply, make_topic

pytestmark = pytest.mark.django_db


def test_nothing_drifts_by_itself(board: Board, judge: User, clerk: User) -> None:
    topic = make_topic(board, replies=3)
    make_reply(topic, by=clerk, as_answer=True)
    hide(topic.posts.get(number=2), by=judge, reason=HideReason.SPAM)
    hide(make_topic(board).posts.get(), by=judge, reason=HideReason.SPAM)
    assert recount(repair=False) == []


def test_drift_is_named_and_mended(board: Board) -> None:
    topic = make_topic(board, replies=2)
    Topic.objects.filter(pk=topic.pk).update(post_count=1, is_private=True)
    Board.objects.filter(pk=board.pk).update(topic_count=7, unanswered_count=0, begun_count=0)
    PostText.objects.filter(post__number=2).delete()
    out = StringIO()
    call_command("recount_forum", stdout=out)
    assert out.getvalue().splitlines() == [
        f"topic {topic.public_id}, post_count: 1 is 3",
        f"topic {topic.public_id}, is_private: True is False",
        f"board {board.slug}, topic_count: 7 is 1",
        f"board {board.slug}, unanswered_count: 0 is 1",
        f"board {board.slug}, begun_count: 0 is 1",
        "search, missing: 1 is 0",
        "6 drifted values",
    ]
    assert len(recount(repair=True)) == 6
    assert recount(repair=True) == []


def test_what_is_found_on_another_board_and_what_counts_as_answered(board: Board) -> None:
    topic = make_topic(board)
    Topic.objects.filter(pk=topic.pk).update(is_answered=True)
    elsewhere = Board.objects.create(kind=BoardKind.GENERAL, slug="elsewhere", title_km="ក", title_en="E")
    PostText.objects.update(board=elsewhere)
    found = [(drift.column, drift.kept, drift.true) for drift in recount(repair=True)]
    assert ("is_answered", True, False) in found
    assert ("on another board", 1, 0) in found
    assert recount(repair=True) == []
    assert PostText.objects.get().board == board


def test_tallies_that_drifted_are_mended(board: Board, learner: User, stranger: User) -> None:
    topic = make_topic(board, kind=TopicKind.IDEA, by=learner)
    add_poll(topic, PollFacts("?", ["1", "2", "3"], PollWay.RANKED, 7), by=learner)
    vote(topic, [3, 1], by=stranger)
    support(topic, by=stranger)
    react(topic.posts.get(), by=stranger, kind=ReactionKind.THANKS)
    assert recount(repair=True) == []
    Post.objects.update(tallies={"thanks": 4}, file_count=2)
    Idea.objects.update(support_count=9, yes_count=3)
    Poll.objects.update(ballot_count=0)
    PollOption.objects.filter(number=3).update(count=1, firsts=0)
    found = [(drift.thing.split()[0], drift.column, drift.kept, drift.true) for drift in recount(repair=True)]
    assert found == [
        ("post", "tallies", {"thanks": 4}, {"thanks": 1}),
        ("post", "file_count", 2, 0),
        ("idea", "support_count", 9, 1),
        ("idea", "yes_count", 3, 0),
        ("poll", "ballot_count", 0, 1),
        ("poll", "count", 1, 3),
        ("poll", "firsts", 0, 1),
    ]
    assert recount(repair=False) == []
