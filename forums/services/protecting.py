"""Writing protected: under a name for this topic alone, the person sealed.

Kept so that the rows tell nothing: no author, no time finer than the hour, no read marker, no draft, no subscription,
no notification of the author. What concerns the author waits on their own page, found by their session through the tag.
"""

import uuid
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from forums import rules
from forums.enums import HoldReason, ModerationKind, TopicKind
from forums.errors import check
from forums.models import Board, HeldPost, Mask, MaskRefusal, ModerationAction, Post, SealOpening, Topic
from forums.services.boards import save_board
from forums.services.holding import hold, is_newcomer
from forums.services.masking import wear_mask, write_reply, write_topic
from forums.services.watching import find_word_hold

KINDS = (TopicKind.QUESTION, TopicKind.DISCUSSION)


def reply_protected(topic: Topic, *, by: User, source: str, client_id: uuid.UUID) -> Post | HeldPost:
    """As a reply, or held like any other. The same `client_id` again is the same one. Raises `NotAllowedError`."""
    check(rules.can_protect, by, topic.board)
    check(rules.can_reply, by, topic)
    mask = wear_mask(by, topic.public_id)
    why = find_protected_hold(by, topic.board, source)
    if why:
        Topic.objects.filter(pk=topic.pk).update(has_protected=True)  # from now on its author leaves no marker here
        words: dict[str, Any] = {"topic": topic, "source": source, "client_id": client_id}
        return hold(topic.board, mask=mask, why=why, **words)
    return write_reply(topic, mask, source=source, client_id=client_id)


def start_protected(
    board: Board, *, by: User, kind: TopicKind, title: str, source: str, client_id: uuid.UUID
) -> Topic | HeldPost:
    """A topic whose first post is protected. Raises `NotAllowedError`."""
    check(rules.can_protect, by, board)
    board = save_board(board)
    mask = wear_mask(by, uuid.uuid5(board_key(board), client_id.hex))
    words: dict[str, Any] = {"kind": kind, "title": title, "source": source, "client_id": client_id}
    why = find_protected_hold(by, board, f"{title}\n{source}")
    if why:
        return hold(board, mask=mask, why=why, **words)
    return write_topic(board, mask, **words)


def find_protected_hold(user: User, board: Board, text: str) -> HoldReason | None:
    """Why it waits; a word first, since the clock does not let that through."""
    return find_word_hold(text) or (HoldReason.FIRST if is_new_to_masks(user, board) else None)


def is_new_to_masks(user: User, board: Board) -> bool:
    """As `is_newcomer` says; here what was let through under a mask counts too. There it does not: what waits under
    the own name would tell who wrote under another.
    """
    most = settings.FIRST_POSTS_HELD
    if not is_newcomer(user, board):
        return False
    return Post.objects.visible().filter(mask__in=list_masks(user)).order_by()[:most].count() < most


def board_key(board: Board) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"/forum/boards/{board.pk}/")


def list_masks(user: User) -> list[Mask]:
    """All of the person's: each row is asked by its tag, some hundred thousand a second."""
    return rules.list_worn(user, Mask.objects.exclude(sealed="").iterator())


def list_own_posts(masks: list[Mask]) -> QuerySet[Post]:
    """What was written under these masks, the latest first."""
    rows = Post.objects.filter(mask__in=masks).select_related("topic__board", "mask")
    return rows.order_by("-created_at", "-pk")


def list_own_held(masks: list[Mask]) -> QuerySet[HeldPost]:
    """What still waits of it."""
    return HeldPost.objects.filter(mask__in=masks).select_related("topic", "board", "mask")


def list_own_refusals(masks: list[Mask]) -> QuerySet[MaskRefusal]:
    """What could not be written any more."""
    return MaskRefusal.objects.filter(mask__in=masks).select_related("mask")


def drop_refusal(row: MaskRefusal, *, by: User) -> None:
    """The person has read it. Raises `NotAllowedError`."""
    check(rules.wears, by, row.mask)
    row.delete()


def list_own_openings(masks: list[Mask]) -> QuerySet[SealOpening]:
    """Who asked for these seals is not said; when, why and what was answered is."""
    return SealOpening.objects.filter(mask__in=masks).select_related("post__topic", "mask")


def list_own_acts(masks: list[Mask]) -> QuerySet[ModerationAction]:
    """What was decided against these posts."""
    kinds = (ModerationKind.HIDE, ModerationKind.WARN)
    acts = ModerationAction.objects.filter(post__mask__in=masks, kind__in=kinds, undone_at=None)
    return acts.select_related("post__topic")


def collect_masked(user: User) -> list[dict[str, Any]]:
    """For the copy of the person's data, JSON-ready."""
    return [
        {"topic": str(post.topic.public_id), "number": post.number, "text": post.source, "state": post.state}
        for post in list_own_posts(list_masks(user))
    ]


def collect_masked_waiting(user: User) -> list[dict[str, Any]]:
    """What waits under a mask, or was dropped, likewise."""
    masks = list_masks(user)
    rows = [{"title": row.heading, "text": row.source, "at": row.held_at.isoformat()} for row in list_own_held(masks)]
    refused = list_own_refusals(masks)
    return rows + [{"title": row.title, "text": row.source, "refused_for": row.reason} for row in refused]


def collect_openings(user: User) -> list[dict[str, Any]]:
    """Of the person's own seals: when and why, not by whom."""
    return [
        {"kind": row.kind, "reason": row.reason, "asked_at": row.asked_at.isoformat(), "opened": row.is_agreed}
        for row in list_own_openings(list_masks(user))
    ]


def forget_masks(user: User) -> None:
    """The seals are destroyed: nobody can ever open them. The words stay, unless the person deletes them before."""
    for mask in list_masks(user):
        HeldPost.objects.filter(mask=mask).delete()
        MaskRefusal.objects.filter(mask=mask).delete()
        Mask.objects.filter(pk=mask.pk).update(sealed="", tag=uuid.uuid4().hex)
