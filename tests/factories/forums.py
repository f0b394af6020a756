"""Boards, topics and posts as the services write them."""

import uuid
from typing import Any

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from accounts.models import User
from forums.enums import BoardKind, HideReason, HoldReason, TopicKind
from forums.models import Board, Post, PostFile, ReplyTemplate, Topic, WatchedWord
from forums.services import hide, reply, report
from forums.services.holding import hold
from forums.services.masking import wear_mask, write_reply
from forums.services.unsealing import ask_to_open
from forums.services.writing import write_topic
from tests.factories.accounts import UserFactory
from tests.factories.places import CommuneFactory
from ui.files.kinds import FileKind


class BoardFactory(DjangoModelFactory[Board]):
    class Meta:
        model = Board

    class Params:
        of_commune = factory.Trait(
            kind=BoardKind.COMMUNE,
            commune=factory.SubFactory(CommuneFactory),
            slug=factory.LazyAttribute(lambda board: f"commune-{board.commune.code}"),
        )
        of_course = factory.Trait(kind=BoardKind.COURSE, course_key=factory.LazyFunction(uuid.uuid4))

    kind = BoardKind.GENERAL
    slug = factory.Sequence(lambda n: f"board-{n}")
    title_km = factory.Sequence(lambda n: f"ក្រុម {n + 1}")
    title_en = factory.Sequence(lambda n: f"Board {n + 1}")


def make_topic(board: Board, *, by: User | None = None, replies: int = 0, **kwargs: Any) -> Topic:
    """A topic with its first post and, each by another person, `replies` more."""
    values: dict[str, Any] = {"kind": TopicKind.QUESTION, "title": "ហេតុអ្វីផ្លូវទៅសាលា មិនទាន់ជួសជុល?"}
    values |= {"source": "ពេលភ្លៀង សិស្សទៅសាលាមិនបាន។", "client_id": uuid.uuid4(), **kwargs}
    topic = write_topic(board, by=by or UserFactory.create(), **values)
    for number in range(replies):
        make_reply(topic, source=f"ចម្លើយ {number + 1}")
    topic.refresh_from_db()
    return topic


def make_reply(topic: Topic, *, by: User | None = None, source: str = "អរគុណ។", **kwargs: Any) -> Post:
    return reply(topic, by=by or UserFactory.create(), source=source, **kwargs)


def make_decided(topic: Topic, *, learner: User, judge: User, reporter: User) -> dict[str, dict[str, object]]:
    """Of the learner's posts one is hidden, one reported, one held; what the addresses of these need, by name."""
    act = hide(make_reply(topic, by=learner), by=judge, reason=HideReason.SPAM).moderation_actions.get()
    case = report(topic.posts.get(number=1), by=reporter, reason=HideReason.SPAM).case
    named = {"why": HoldReason.FIRST, "source": "x", "client_id": uuid.uuid4()}
    held = hold(topic.board, by=learner, topic=topic, **named)
    words = ReplyTemplate.objects.create(name="Facts", text_km="ក", text_en="x")
    rows = dict.fromkeys(("case", "case-take", "case-note", "case-decide", "case-undo", "case-topic"), case)
    rows |= {"moderation-act": act, "held-post": held, "held-decide": held}
    mask = wear_mask(learner, topic.public_id)
    masked = write_reply(topic, mask, source="x", client_id=uuid.uuid4())
    rows["seal"] = ask_to_open(masked, by=judge, reason="A child may be hurt.")
    return {
        **{name: {"public_id": row.public_id} for name, row in rows.items() if row},
        "reply-template": {"pk": words.pk},
        "watched-word": {"pk": WatchedWord.objects.create(word="ពាក្យ", reason=HideReason.SPAM).pk},
        "protected-reply": {"public_id": topic.public_id},
        "protected-topic": {"slug": topic.board.slug},
    }


def add_post_file(post: Post) -> PostFile:
    """A small paper under a post."""
    row = PostFile(post=post, kind=FileKind.PDF, name="a.pdf", size=4)
    row.file.save(row.name, ContentFile(b"%PDF"))
    Post.objects.filter(pk=post.pk).update(file_count=1)
    return row
