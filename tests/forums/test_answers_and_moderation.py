import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import User
from forums.enums import EventKind, HideReason, ModerationKind, Part, PostState, TopicKind
from forums.errors import NotAQuestionError
from forums.models import Board, ModerationAction, Topic
from forums.services import delete, hide, mark_answer, restore, unmark_answer
from forums.services.finding import Query, find_posts
from tests.factories.forums import make_reply, make_topic


def state(topic: Topic) -> tuple[int | None, bool, int]:
    """(number of the answer, answered?, open questions of the board)."""
    topic.refresh_from_db()
    topic.board.refresh_from_db()
    return topic.answer.number if topic.answer else None, topic.is_answered, topic.board.unanswered_count


def test_a_reply_ticked_as_answer_is_the_answer(question: Topic, clerk: User) -> None:
    assert state(question) == (None, False, 1)
    make_reply(question, by=clerk, as_answer=True)
    assert state(question) == (2, True, 0)
    assert question.answered_at is not None


def test_the_answer_can_be_marked_later_changed_and_taken_back(question: Topic, clerk: User) -> None:
    first, second = make_reply(question, by=clerk), make_reply(question, by=clerk)
    assert state(question) == (None, False, 1)
    mark_answer(first, by=clerk)
    assert state(question) == (2, True, 0)
    answered_at = question.answered_at
    mark_answer(second, by=clerk)
    assert state(question) == (3, True, 0)
    assert question.answered_at == answered_at
    unmark_answer(second, by=clerk)
    assert state(question) == (None, False, 1)
    assert question.answered_at is None
    kinds = list(question.events.filter(part="").order_by("seq").values_list("kind", "post__number"))
    assert kinds[3:] == [
        (EventKind.ANSWERED, 2),
        (EventKind.UNANSWERED, 2),
        (EventKind.ANSWERED, 3),
        (EventKind.UNANSWERED, 3),
    ]


def test_marking_twice_is_one_event(question: Topic, clerk: User) -> None:
    post = make_reply(question, by=clerk, as_answer=True)
    mark_answer(post, by=clerk)
    question.refresh_from_db()
    events = list(question.events.order_by("seq").values_list("kind", "part"))
    assert events[2:] == [(EventKind.ANSWERED, ""), (EventKind.CHANGED, Part.HEAD)]
    assert question.last_seq == len(events)


def test_only_a_question_has_an_answer(board: Board, clerk: User) -> None:
    post = make_reply(make_topic(board, kind=TopicKind.IDEA), by=clerk)
    with pytest.raises(NotAQuestionError):
        mark_answer(post, by=clerk)


def test_an_answer_that_its_author_deletes_opens_the_question_again(question: Topic, clerk: User) -> None:
    post = make_reply(question, by=clerk, as_answer=True)
    delete(post, by=clerk)
    assert state(question) == (None, False, 1)


def test_hiding_and_showing_a_reply(question: Topic, judge: User) -> None:
    post = make_reply(question, source="ប្រមាថ")
    hide(post, by=judge, reason=HideReason.INSULT, note="ពាក្យជេរ")
    post.refresh_from_db()
    assert (post.state, post.removal_words) == (PostState.HIDDEN, str(HideReason.INSULT.label))
    question.refresh_from_db()
    assert (question.post_count, question.last_number, question.is_hidden) == (1, 2, False)
    restore(post, by=judge)
    post.refresh_from_db()
    question.refresh_from_db()
    assert (post.state, post.removed_at, post.removal_words) == (PostState.VISIBLE, None, "")
    assert (question.post_count, question.last_seq) == (2, 4)
    acts = list(ModerationAction.objects.order_by("pk").values_list("moderator", "kind", "reason", "note"))
    assert acts == [
        (judge.pk, ModerationKind.HIDE, HideReason.INSULT, "ពាក្យជេរ"),
        (judge.pk, ModerationKind.RESTORE, "", ""),
    ]


def test_hiding_the_first_post_hides_the_topic(question: Topic, judge: User, stranger: User) -> None:
    first = question.posts.get(number=1)
    hide(first, by=judge, reason=HideReason.PARTY)
    assert state(question) == (None, False, 0)
    assert (question.is_hidden, question.board.topic_count) == (True, 0)
    assert list(Topic.objects.visible_to(stranger)) == []
    assert list(Topic.objects.visible_to(judge)) == [question]
    assert find_posts(Query(text="សិស្ស"), user=AnonymousUser()).hits == []
    with pytest.raises(PermissionDenied):
        make_reply(question, by=stranger)
    restore(first, by=judge)
    assert state(question) == (None, False, 1)
    assert question.board.topic_count == 1
    hits = find_posts(Query(text="សិស្ស"), user=AnonymousUser()).hits
    assert [hit.post for hit in hits] == [first]


def test_hiding_twice_is_one_act(question: Topic, judge: User) -> None:
    post = make_reply(question)
    for _ in range(2):
        hide(post, by=judge, reason=HideReason.SPAM)
    assert ModerationAction.objects.count() == 1


def test_what_its_author_deleted_stays_deleted(question: Topic, judge: User, stranger: User) -> None:
    post = make_reply(question, by=stranger)
    delete(post, by=stranger)
    hide(post, by=judge, reason=HideReason.SPAM)
    restore(post, by=judge)
    post.refresh_from_db()
    assert post.state == PostState.DELETED
    assert ModerationAction.objects.count() == 0


def test_a_member_may_not_moderate(question: Topic, clerk: User) -> None:
    with pytest.raises(PermissionDenied):
        hide(question.posts.get(), by=clerk, reason=HideReason.SPAM)
    with pytest.raises(PermissionDenied):
        restore(question.posts.get(), by=clerk)
