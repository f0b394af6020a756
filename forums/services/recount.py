"""Counters that are kept beside the rows they count: compared with the rows, and mended where asked to."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from forums.enums import PostState, TopicKind
from forums.models import Board, Post, PostText, Topic
from forums.services.drift import BATCH, Drift, compare
from forums.services.finding import index_posts
from forums.services.recount_tallies import recount_ideas, recount_polls, recount_posts

SHOWN = Q(is_hidden=False, moved_to__isnull=True)


def recount(*, repair: bool) -> list[Drift]:
    """Every drifted value of the forum. Mending locks each topic alone, so writers wait briefly."""
    counts = (recount_topics, recount_boards, recount_posts, recount_ideas, recount_polls, recount_texts)
    return [drift for count in counts for drift in count(repair=repair)]


def recount_topics(*, repair: bool) -> Iterator[Drift]:
    numbers = Topic.objects.annotate(
        highest=Max("posts__number", default=0),
        visible=Count("posts", filter=Q(posts__state=PostState.VISIBLE)),
    )
    topic: Any  # with the two annotations
    for topic in numbers.select_related("board").order_by("pk").iterator(BATCH):
        true = {"last_number": topic.highest, "post_count": topic.visible, "is_private": topic.board.is_private}
        if topic.is_question:
            true["is_answered"] = topic.counts_as_answered(topic.visible)
        drifts = list(compare(f"topic {topic.public_id}", topic, true))
        yield from drifts
        if drifts and repair:
            mend_topic(topic)


@transaction.atomic
def mend_topic(topic: Topic) -> None:
    """As the rows are under the lock, not as they were when drift was seen."""
    locked = Topic.objects.select_for_update(of=("self",)).select_related("board").get(pk=topic.pk)
    posts = Post.objects.filter(topic=locked)
    locked.last_number = posts.aggregate(highest=Max("number", default=0))["highest"]
    locked.post_count = posts.visible().count()
    locked.is_private = locked.board.is_private
    locked.last_seq = max(locked.last_seq, locked.last_number)
    if locked.is_question:
        locked.is_answered = locked.counts_as_answered(locked.post_count)
    locked.save(update_fields=["last_number", "post_count", "is_private", "is_answered", "last_seq"])


def recount_boards(*, repair: bool) -> Iterator[Drift]:
    waiting = SHOWN & Q(kind=TopicKind.QUESTION, is_answered=False, is_taken_back=False)
    counted = {
        row["board"]: (row["topics"], row["unanswered"])
        for row in Topic.objects.order_by()
        .values("board")
        .annotate(topics=Count("pk", filter=SHOWN), unanswered=Count("pk", filter=waiting))
    }
    for board in Board.objects.order_by("pk").iterator(BATCH):
        topics, unanswered = counted.get(board.pk, (0, 0))
        true = {"topic_count": topics, "unanswered_count": unanswered}
        if board.begun_count < topics:
            true["begun_count"] = topics
        drifts = list(compare(f"board {board.slug}", board, true))
        yield from drifts
        if drifts and repair:
            Board.objects.filter(pk=board.pk).update(**true)


def recount_texts(*, repair: bool) -> Iterator[Drift]:
    """What can be read can be found, on the board where it stands; what was taken away cannot."""
    missing = Post.objects.visible().filter(found_text__isnull=True)
    extra = PostText.objects.exclude(post__state=PostState.VISIBLE)
    astray = PostText.objects.exclude(board=F("post__topic__board"))
    for name, rows in (("missing", missing), ("left over", extra), ("on another board", astray)):
        count = rows.count()
        if count:
            yield Drift("search", name, count, 0)
    if repair:
        extra.delete()
        astray.update(board=Subquery(Topic.objects.filter(posts=OuterRef("post")).values("board")[:1]))
        for post in missing.select_related("topic__board").iterator(BATCH):
            index_posts(post.topic, [post])
