"""Moving a topic to another board, joining two topics, making one of some posts of another.

A post that moves keeps its row, so that its reactions, reports, bookmarks and the links to it follow. Where it stood, a
post that says where it is keeps the number: numbers stay without gaps, and old addresses lead on.
"""

import uuid
from functools import partial

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forums import realtime, rendering, rules
from forums.enums import EventKind, ModerationKind, Part, PostState, TopicKind
from forums.errors import CannotRearrangeError, check
from forums.models import Board, Post, PostText, ReadMarker, Subscription, Topic, TopicEvent
from forums.querysets import Reader
from forums.services.finding import index_posts
from forums.services.ideas.facts import begin_anew
from forums.services.ledger import Ledger, writing_to
from forums.services.moderation import record
from forums.services.order import note
from forums.services.order_telling import tell_of_order
from forums.services.questions.clock import move_clock
from forums.services.unposted import follow_board, follow_topic

PLAIN = (TopicKind.QUESTION, TopicKind.DISCUSSION)  # what carries nothing but posts


def move_topic(topic: Topic, *, by: User, board: Board, reason: str) -> Topic:
    """To another board; the address stays. Into a private board, open pages end and show their right anew; what was
    written for few never leaves it; nobody moves talk to the board of their own office. Raises
    `NotAllowedError`, `CannotRearrangeError`.
    """
    check(rules.can_rearrange, by, topic)
    check(rules.can_moderate_on, by, board)
    check(rules.can_read, by, board)
    if topic.is_private and topic.board_id != board.pk:
        raise CannotRearrangeError
    if topic.is_idea and not board.commune_id:
        raise CannotRearrangeError(_("An idea needs a commune that answers it. Choose the board of a commune."))
    with writing_to(topic) as ledger:
        topic = ledger.topic
        if topic.board_id == board.pk:
            return topic
        if board.is_private:
            waiting = topic.held_posts.filter(mask__isnull=False).exists()
            _check_masks(list(topic.posts.filter(mask__isnull=False)[:1]), are_more=waiting)
            transaction.on_commit(partial(realtime.publish_gone, realtime.thing_of(topic)))
        is_elsewhere = topic.board.commune_id != board.commune_id
        topic.board, topic.is_private, topic.pin_scope, topic.pinned_until = board, board.is_private, "", None
        if topic.is_question and is_elsewhere:
            topic.answer = topic.answered_at = None  # the word of another office, or of none
            move_clock(topic)
        if topic.is_idea and is_elsewhere:
            begin_anew(topic)
            ledger.note_part(Part.IDEA)
        PostText.objects.filter(post__topic=topic).update(board=board)
        follow_board(topic)
        note(ledger, by, ModerationKind.MOVE, reason)
        return topic


def merge(topic: Topic, *, by: User, into: Topic, reason: str) -> Topic:
    """The posts of `topic` stand after those of `into` from now on, and its address leads there. Raises
    `NotAllowedError`, `CannotRearrangeError`.
    """
    check(rules.can_rearrange, by, topic)
    check(rules.can_rearrange, by, into)
    if not can_merge(topic, into):
        raise CannotRearrangeError
    _check_stays_whole(topic)
    first, second = sorted((topic, into), key=lambda each: each.pk)
    with writing_to(first) as one, writing_to(second) as two:
        source, target = (one, two) if one.topic.pk == topic.pk else (two, one)
        if not can_merge(source.topic, target.topic):
            raise CannotRearrangeError
        _check_stays_whole(source.topic)
        was_at, source_at = target.topic.last_number, source.topic.last_number
        posts = list(source.topic.posts.exclude(state=PostState.MOVED).order_by("number"))
        _check_masks(posts, are_more=source.topic.held_posts.filter(mask__isnull=False).exists())
        source.topic.answer = None
        tell_of_order(
            source.topic, record(target.topic.posts.get(number=1), by=by, kind=ModerationKind.MERGE, note=reason)
        )
        carry(posts, source, target)
        _follow_readers(source.topic, target.topic, was_at, source_at)
        _follow_subscriptions(source.topic, target.topic)
        follow_topic(source.topic, target.topic)
        source.topic.moved_to = target.topic
        source.topic.pin_scope, source.topic.pinned_until = "", None
        transaction.on_commit(partial(realtime.publish_gone, realtime.thing_of(source.topic)))
        return target.topic


def can_merge(topic: Topic, into: Topic) -> bool:
    """Two that can be read, and by the same people: nothing hidden comes to light, nothing private goes out."""
    stand = not (topic.moved_to_id or into.moved_to_id or topic.is_hidden or into.is_hidden)
    same_readers = topic.board_id == into.board_id or not topic.is_private
    return topic.pk != into.pk and topic.kind in PLAIN and stand and same_readers


def _check_stays_whole(topic: Topic) -> None:
    """What hangs on a topic besides posts would be lost with it."""
    if hasattr(topic, "poll"):
        raise CannotRearrangeError(_("This topic has a poll, so it cannot be joined to another one."))
    others = [
        one for one in Topic._meta.related_objects if one.one_to_one and one.related_model._meta.app_label != "forums"
    ]
    if any(hasattr(topic, one.get_accessor_name() or "") for one in others):
        raise CannotRearrangeError(_("This topic belongs to a lesson, so it cannot be joined to another one."))


def _check_masks(posts: list[Post], *, are_more: bool = False) -> None:
    """A mask is for one topic: its owner would lose the right to their words, or get a second name beside the first."""
    if are_more or any(post.mask_id for post in posts):
        raise CannotRearrangeError(
            _("There are protected posts among these. They stay in their topic, so that nobody learns whose they are.")
        )


def split(topic: Topic, *, by: User, numbers: list[int], title: str, reason: str) -> Topic:
    """A topic of its own, on the same board, of the posts with these numbers; never of the first. Answers the new one.
    Raises `NotAllowedError`, `CannotRearrangeError`.
    """
    check(rules.can_rearrange, by, topic)
    with writing_to(topic) as ledger:
        chosen = ledger.topic.posts.exclude(state=PostState.MOVED).filter(number__in=numbers, number__gt=1)
        posts = list(chosen.select_related("author").order_by("number"))
        if not any(post.is_visible for post in posts):
            raise CannotRearrangeError
        _check_masks(posts)
        made = Ledger(_begin(ledger.topic, posts, title), is_new=True)
        last = posts[-1].number
        if any(post.pk == ledger.topic.answer_id for post in posts):
            ledger.topic.answer = None
        carry(posts, ledger, made)
        read = ReadMarker.objects.filter(topic=ledger.topic, last_number__gte=last).values_list("user", flat=True)
        rows = [ReadMarker(user_id=user, topic=made.topic, last_number=made.topic.last_number) for user in read]
        ReadMarker.objects.bulk_create(rows, batch_size=500)
        _follow_subscriptions(ledger.topic, made.topic, keeps=True)
        made.close()
        record(made.topic.posts.get(number=1), by=by, kind=ModerationKind.SPLIT, note=reason)
        return made.topic


def carry(posts: list[Post], source: Ledger, target: Ledger) -> None:
    """Posts go from one topic to the end of another, in a few queries, however many. Both topics are locked."""
    old_numbers = [post.number for post in posts]
    seen = sum(post.is_visible for post in posts)
    latest = target.topic.last_post_at
    for post in posts:
        post.topic = target.topic
        target.topic.last_number += 1
        post.number = target.topic.last_number
        latest = max(latest, post.created_at)
    Post.objects.bulk_update(posts, ["topic", "number"], batch_size=200)
    now = timezone.now()
    left = {"topic": source.topic, "state": PostState.MOVED, "removed_at": now}
    stubs = [
        Post(**left, number=number, source="", html="", renderer_version=rendering.VERSION, moved_to=post,
             created_at=post.created_at)
        for number, post in zip(old_numbers, posts, strict=True)
    ]  # fmt: skip
    Post.objects.bulk_create(stubs, batch_size=200)
    stands_there = Post.objects.filter(topic=source.topic, moved_to=OuterRef("post")).values("pk")[:1]
    TopicEvent.objects.filter(topic=source.topic, post__topic=target.topic).update(post=Subquery(stands_there))
    source.topic.post_count -= seen
    target.topic.post_count += seen
    target.topic.last_post_at = latest
    PostText.objects.filter(post__topic=target.topic).update(board=target.topic.board_id)
    index_posts(target.topic, [post for post in posts if 1 in (post.number, old_numbers[0])][:1])
    source.note_all(EventKind.REMOVED, stubs)
    target.note_all(EventKind.POSTED, posts)


def _begin(topic: Topic, posts: list[Post], title: str) -> Topic:
    first = posts[0]
    title = " ".join(rendering.clean(title).split())
    return Topic.objects.create(
        board=topic.board,
        author=first.author,
        kind=TopicKind.DISCUSSION,
        title=title,
        is_private=topic.is_private,
        created_at=first.created_at,
        last_post_at=first.created_at,
    )


def _follow_readers(source: Topic, target: Topic, was_at: int, source_at: int) -> None:
    """Whoever had read both to the end has read the joint topic."""
    both = ReadMarker.objects.filter(topic=source, last_number__gte=source_at).values("user")
    read = ReadMarker.objects.filter(topic=target, last_number__gte=was_at, user__in=both)
    read.update(last_number=target.last_number, updated_at=timezone.now())


def _follow_subscriptions(source: Topic, target: Topic, *, keeps: bool = False) -> None:
    rows = Subscription.objects.filter(topic=source)
    copies = [Subscription(user_id=row.user_id, topic=target, level=row.level) for row in rows]
    Subscription.objects.bulk_create(copies, ignore_conflicts=True, batch_size=500)
    if not keeps:
        rows.delete()


def find_moved(public_id: uuid.UUID, *, number: int, user: Reader) -> Post | Topic | None:
    """Where the address of a topic that was joined to another leads: to the post that had this number, else to the
    topic. None for any other address, and for whoever may not read there.
    """
    topic = Topic.objects.filter(public_id=public_id, moved_to__isnull=False).select_related("moved_to").first()
    for _step in range(5):
        if topic is None or topic.moved_to is None or topic.moved_to.moved_to_id is None:
            break
        topic.moved_to = topic.moved_to.moved_to
    if topic is None or not Topic.objects.visible_to(user).filter(pk=topic.moved_to_id or 0).exists():
        return None
    stub = topic.posts.filter(number=number, moved_to__isnull=False).select_related("moved_to__topic").first()
    return stub.moved_to if stub is not None and number > 1 else topic.moved_to
