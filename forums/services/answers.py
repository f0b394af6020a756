"""The official answer of a question: chosen by the office, changed or taken back by the office."""

from functools import partial

from django.db import transaction

from accounts.models import User
from forums import rules
from forums.enums import EventKind
from forums.errors import NotAQuestionError, check
from forums.models import Post
from forums.services.ledger import Ledger, writing_to
from forums.services.questions.answering import tell_answered_task


def mark_answer(post: Post, *, by: User) -> Post:
    """This official post is the answer, another one no longer. Raises `NotAllowedError`, `NotAQuestionError`."""
    with writing_to(post.topic) as ledger:
        post = ledger.read(post)
        if not ledger.topic.is_question:
            raise NotAQuestionError
        check(rules.can_mark, by, post)
        put_answer(ledger, post)
        return post


def unmark_answer(post: Post, *, by: User) -> Post:
    """The question is open again. Raises `NotAllowedError`."""
    with writing_to(post.topic) as ledger:
        post = ledger.read(post)
        check(rules.can_mark, by, post)
        if ledger.topic.answer_id == post.pk:
            ledger.topic.answer = None
            ledger.note(EventKind.UNANSWERED, post)
        return post


def put_answer(ledger: Ledger, post: Post) -> None:
    """On a locked topic, without asking who may. The former answer goes back among the replies in the same message."""
    topic = ledger.topic
    if topic.answer_id == post.pk:
        return
    former = Post.objects.select_related("author").filter(pk=topic.answer_id).first() if topic.answer_id else None
    topic.answer = post
    transaction.on_commit(partial(tell_answered_task.enqueue, topic.pk))
    if former is not None:
        ledger.note(EventKind.UNANSWERED, former)
    ledger.note(EventKind.ANSWERED, post)
