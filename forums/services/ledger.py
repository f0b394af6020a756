"""Every write to a topic goes through its ledger: the row is locked, numbers and sequence are given out without gaps,
counters follow in the same transaction, and what changed is published after the commit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forums import realtime
from forums.enums import EventKind, Part
from forums.models import Board, Post, Topic, TopicEvent
from forums.models.post import to_hour
from forums.services.finding import index_posts
from forums.services.parts import find_parts


class Ledger:
    """The locked topic and what has been done to it so far. Order of locks: topic, then board."""

    def __init__(self, topic: Topic, *, is_new: bool = False) -> None:
        self.topic = topic
        self.first_seq = topic.last_seq + 1
        self.touched: dict[int, Post] = {}
        self.parts: set[Part] = set()
        self._is_much = False
        self._begun = int(is_new)
        self._board = topic.board_id
        self._counted = (0, 0) if is_new else self._counts()
        self._was_answered = topic.is_answered

    def read(self, post: Post) -> Post:
        """The post as it stands under the lock."""
        post = Post.objects.select_related("author").get(pk=post.pk, topic=self.topic)
        post.topic = self.topic
        return post

    def next_number(self) -> int:
        """The number of a post about to be written."""
        self.topic.last_number += 1
        self.topic.last_post_at = timezone.now()
        return self.topic.last_number

    def note(self, kind: EventKind, post: Post) -> None:
        """Log an event under the next sequence number."""
        self.topic.last_seq += 1
        post.topic = self.topic
        at = self._tell_time(post)
        TopicEvent.objects.create(topic=self.topic, seq=self.topic.last_seq, kind=kind, post=post, created_at=at)
        self.touched[post.pk] = post

    def note_all(self, kind: EventKind, posts: list[Post]) -> None:
        """Log one event for each of many posts, in two queries; open pages fetch what they missed."""
        first = self.topic.last_seq + 1
        rows = [TopicEvent(topic=self.topic, seq=seq, kind=kind, post=post) for seq, post in enumerate(posts, first)]
        TopicEvent.objects.bulk_create(rows, batch_size=500)
        self.topic.last_seq += len(rows)
        self._is_much = True

    def note_part(self, part: Part) -> None:
        """Log that a part of the page beside its posts changed."""
        self.topic.last_seq += 1
        at, kind = self._tell_time(), EventKind.CHANGED
        TopicEvent.objects.create(topic=self.topic, seq=self.topic.last_seq, kind=kind, part=part, created_at=at)
        self.parts.add(part)

    def _tell_time(self, post: Post | None = None) -> datetime:
        """By the hour where somebody writes protected: also what they do to others' posts would tell when."""
        now = timezone.now()
        return to_hour(now) if self.topic.has_protected or (post and post.mask_id) else now

    def close(self) -> None:
        """Settle what follows from the posts, save the topic, move the board's counters, publish on commit."""
        topic = self.topic
        if topic.is_question:
            topic.is_answered = topic.counts_as_answered(topic.post_count)
            topic.answered_at = (topic.answered_at or self._tell_time()) if topic.is_answered else None
            if topic.board.commune_id and topic.is_answered != self._was_answered:
                self._forget_meeting()
                self.note_part(Part.HEAD)
        topic.save()
        index_posts(topic, self.touched.values())
        self._count()
        if self._is_much:
            transaction.on_commit(partial(realtime.publish_much, topic))
        elif (self.touched or self.parts) and not topic.is_hidden:
            parts = find_parts(self.parts)
            transaction.on_commit(
                partial(realtime.publish, topic, list(self.touched.values()), parts=parts, first=self.first_seq)
            )

    def _forget_meeting(self) -> None:
        """What waits again was answered at no meeting, however the answer went."""
        asked = getattr(self.topic, "asked", None)
        if asked is not None and asked.meeting_url and not self.topic.is_answered:
            asked.keep_meeting()
            asked.save(update_fields=["meeting_url", "meeting_km", "meeting_en", "meeting_date"])

    def _count(self) -> None:
        """Move the counters of the board, of both where the topic moved."""
        topics, unanswered = self._counts()
        topics_before, unanswered_before = self._counted
        if self.topic.board_id != self._board:
            _add(self._board, -topics_before, -unanswered_before, 0)
            topics_before = unanswered_before = 0
            self._begun = 1
        _add(self.topic.board_id, topics - topics_before, unanswered - unanswered_before, self._begun)

    def _counts(self) -> tuple[int, int]:
        """What this topic adds to its board's two counters."""
        topic = self.topic
        seen = not topic.is_hidden and topic.moved_to_id is None
        return int(seen), int(seen and topic.is_question and not (topic.is_answered or topic.is_taken_back))


def _add(board: int, topics: int, unanswered: int, begun: int) -> None:
    if topics or unanswered or begun:
        Board.objects.filter(pk=board).update(
            topic_count=F("topic_count") + topics,
            unanswered_count=F("unanswered_count") + unanswered,
            begun_count=F("begun_count") + begun,
        )


@contextmanager
def writing_to(topic: Topic) -> Iterator[Ledger]:
    """The topic's ledger, alone at it until the transaction ends."""
    with transaction.atomic():
        ledger = Ledger(lock_topic(topic))
        yield ledger
        ledger.close()


def lock_topic(topic: Topic) -> Topic:
    """The topic as it stands, alone at it until the caller's transaction ends.

    Read once the lock is held: PostgreSQL, having waited, reads the locked row anew but not what is joined to it.
    """
    Topic.objects.select_for_update().values_list("pk").get(pk=topic.pk)
    parts = ("board__commune__district__province", "author", "idea__village", "poll", "asked")
    return Topic.objects.select_related(*parts).get(pk=topic.pk)
