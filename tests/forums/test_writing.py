import uuid

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from forums.enums import BoardKind, EventKind, PostState, TopicKind
from forums.errors import NotAllowedError
from forums.models import Board, Post, Topic, TopicEvent
from forums.services import delete, edit, get_board_of, reply, start_topic
from places.models import Commune
from tests.factories.accounts import UserFactory
from tests.factories.forums import BoardFactory, make_reply, make_topic


def events(topic: Topic) -> list[tuple[int, str, int]]:
    return list(topic.events.order_by("seq").values_list("seq", "kind", "post__number"))


def counters(topic: Topic) -> tuple[int, int, int]:
    topic.refresh_from_db()
    return topic.post_count, topic.last_number, topic.last_seq


def test_the_first_topic_makes_the_board_of_the_commune(commune: Commune, learner: User) -> None:
    unsaved = Board.for_commune(commune)
    topic = start_topic(unsaved, by=learner, kind=TopicKind.QUESTION, title="ផ្លូវ", source="ហេតុអ្វី?")
    board = Board.objects.get()
    assert (board.kind, board.commune, board.slug) == (BoardKind.COMMUNE, commune, f"commune-{commune.code}")
    assert (board.topic_count, board.unanswered_count) == (1, 1)
    assert topic.board == board == get_board_of(commune)


def test_numbers_and_events_run_without_gaps(question: Topic, clerk: User) -> None:
    make_reply(question)
    make_reply(question, by=clerk, as_answer=True)
    assert list(question.posts.values_list("number", flat=True)) == [1, 2, 3]
    assert events(question) == [
        (1, EventKind.POSTED, 1),
        (2, EventKind.POSTED, 2),
        (3, EventKind.POSTED, 3),
        (4, EventKind.ANSWERED, 3),
        (5, EventKind.CHANGED, None),
    ]
    assert counters(question) == (3, 3, 5)


def test_the_same_reply_twice_is_one_post(question: Topic, stranger: User) -> None:
    client_id = uuid.uuid4()
    first = reply(question, by=stranger, source="ពីរដង", client_id=client_id)
    again = reply(question, by=stranger, source="ពីរដង", client_id=client_id)
    assert first == again
    assert counters(question) == (2, 2, 2)
    assert TopicEvent.objects.count() == 2


def test_the_same_topic_twice_is_one_topic(board: Board, stranger: User) -> None:
    sent = {"kind": TopicKind.IDEA, "title": "ដាំដើមឈើ", "source": "នៅមុខសាលា", "client_id": uuid.uuid4()}
    assert start_topic(board, by=stranger, **sent) == start_topic(board, by=stranger, **sent)
    board.refresh_from_db()
    assert (Topic.objects.count(), board.topic_count, board.unanswered_count) == (1, 1, 0)


def test_two_people_may_carry_the_same_client_id(question: Topic) -> None:
    client_id = uuid.uuid4()
    assert make_reply(question, client_id=client_id) != make_reply(question, client_id=client_id)


def test_an_official_post_keeps_name_and_title_of_its_day(question: Topic, clerk: User) -> None:
    membership = clerk.memberships.get()
    membership.title_km, membership.title_en = "ស្មៀនឃុំ", "Commune clerk"
    membership.save()
    post = make_reply(question, by=clerk)
    membership.delete()
    clerk.forget_memberships()
    clerk.family_name_km = "ផ្សេង"
    clerk.save()
    post.refresh_from_db()
    assert post.is_official
    assert post.office == question.board.commune.office  # type: ignore[union-attr]
    assert post.official_title_km == f"ស្មៀន{question.board.title_km}"
    assert post.official_title_en == f"Commune clerk, {question.board.title_en}"
    assert post.official_name_km.startswith("សុខ ")
    assert not make_reply(question, by=clerk).is_official


def test_an_official_is_a_plain_member_on_another_board(clerk: User) -> None:
    elsewhere = make_topic(BoardFactory.create(of_commune=True))
    assert not make_reply(elsewhere, by=clerk).is_official


def test_editing_renders_anew_and_says_so(question: Topic, stranger: User) -> None:
    post = make_reply(question, by=stranger, source="មុន")
    edit(post, by=stranger, source="**ក្រោយ**")
    post.refresh_from_db()
    assert (post.source, post.html) == ("**ក្រោយ**", "<p><strong>ក្រោយ</strong></p>")
    assert post.edited_at is not None
    assert events(question)[-1] == (3, EventKind.EDITED, 2)
    edit(post, by=stranger, source="**ក្រោយ**")
    assert counters(question) == (2, 2, 3)


def test_deleting_keeps_the_place_and_the_reason(question: Topic, stranger: User) -> None:
    post = make_reply(question, by=stranger)
    delete(post, by=stranger, reason="ខ្ញុំរកឃើញហើយ")
    post.refresh_from_db()
    assert (post.state, post.removal_words) == (PostState.DELETED, "ខ្ញុំរកឃើញហើយ")
    assert counters(question) == (1, 2, 3)
    with pytest.raises(NotAllowedError):
        delete(post, by=stranger)


def test_only_the_author_edits_and_deletes(question: Topic, stranger: User, judge: User) -> None:
    post = make_reply(question)
    for person in (stranger, judge):
        with pytest.raises(NotAllowedError):
            edit(post, by=person, source="ក្លែង")
        with pytest.raises(NotAllowedError):
            delete(post, by=person)


def test_under_15_nobody_writes(question: Topic) -> None:
    child = UserFactory.create(birth_year=2015)
    with pytest.raises(NotAllowedError):
        reply(question, by=child, source="សួស្ដី")
    assert counters(question) == (1, 1, 1)


def test_announcing_takes_an_official_or_a_moderator(board: Board, stranger: User, clerk: User, judge: User) -> None:
    sent = {"kind": TopicKind.ANNOUNCEMENT, "title": "ប្រជុំ", "source": "ថ្ងៃច័ន្ទ"}
    with pytest.raises(NotAllowedError):
        start_topic(board, by=stranger, **sent)
    assert [start_topic(board, by=person, **sent).kind for person in (clerk, judge)] == [TopicKind.ANNOUNCEMENT] * 2


def test_a_member_who_leaves_leaves_the_words(question: Topic, learner: User) -> None:
    learner.delete()
    post = Post.objects.get()
    assert (post.author, post.topic.author) == (None, None)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"number": 0}, "forums_post_number_from_1"),
        ({"state": PostState.HIDDEN}, "forums_post_removed_at_fits"),
        ({"is_official": True}, "forums_post_official_is_named"),
    ],
)
def test_the_database_refuses_what_no_service_writes(
    question: Topic, change: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Post.objects.filter(topic=question).update(**change)


def test_a_general_question_is_answered_by_any_reply(stranger: User) -> None:
    board = BoardFactory.create()
    topic = make_topic(board)
    board.refresh_from_db()
    assert (topic.is_answered, board.unanswered_count) == (False, 1)
    post = make_reply(topic, by=stranger)
    board.refresh_from_db()
    topic.refresh_from_db()
    assert (topic.is_answered, board.unanswered_count) == (True, 0)
    delete(post, by=stranger)
    board.refresh_from_db()
    assert board.unanswered_count == 1


def test_an_official_post_hides_the_family_name_of_a_minor(question: Topic, clerk: User) -> None:
    clerk.birth_year = None
    clerk.save(update_fields=["birth_year"])
    post = make_reply(question, by=clerk)
    assert (post.official_name_km, post.official_name_en) == (clerk.given_name_km, clerk.given_name_latin)
