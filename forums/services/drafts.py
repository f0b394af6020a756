"""Drafts: the copy on the server of what somebody is writing, so that another phone can go on with it."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from forums import rendering
from forums.errors import DraftClashError
from forums.models import Board, Draft, Post, Topic
from forums.models.topic import TITLE_LENGTH
from forums.querysets import Reader
from forums.services.boards import get_board

OLD = timedelta(days=180)
MOST = 60  # of one person; the oldest makes room


@dataclass(frozen=True)
class Words:
    """What is written so far; `base` is the edition of a post that new words for it began at."""

    source: str
    title: str = ""
    base: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.source.strip() or self.title.strip())


def find_place(key: str, user: User) -> dict[str, Any]:
    """The rows a key stands for, as fields of a draft. Raises `Http404` for a place this person does not write in."""
    kind, _, name = key.partition("-")
    try:
        if kind == "topic":
            return {"topic": Topic.objects.visible_to(user).get(public_id=uuid.UUID(name))}
        if kind == "edit":
            post = Post.objects.visible().select_related("topic").get(pk=int(name), author=user)
            return {"topic": Topic.objects.visible_to(user).get(pk=post.topic_id), "post": post}
        if kind == "board":
            board: Board = get_board(name, user=user)
            return {"board": board if board.pk else None}
    except (ObjectDoesNotExist, ValueError, OverflowError) as error:
        raise Http404 from error
    raise Http404


@transaction.atomic
def save_draft(key: str, words: Words, *, by: User, version: int | None = None) -> Draft | None:
    """Keep the words; None when nothing is left of them. The same words again are the same saving.

    `version` is the saving they go on from, 0 for none; without it they take the place of whatever was there. Raises
    `DraftClashError` when somebody, mostly the same person on another phone, saved or sent meanwhile.
    """
    place = find_place(key, by)
    User.objects.select_for_update().filter(pk=by.pk).values("pk").get()  # two windows of one person wait here
    row = Draft.objects.filter(user=by, key=key).first()
    source, title = rendering.clean(words.source)[: rendering.LONGEST], words.title.strip()[:TITLE_LENGTH]
    if row is not None and (row.source, row.title) == (source, title):
        return row
    if version is not None and version != (row.version if row else 0):
        raise DraftClashError(row)
    if words.is_empty:
        Draft.objects.filter(user=by, key=key).delete()
        return None
    if row is None:
        _make_room(by)
        return Draft.objects.create(user=by, key=key, source=source, title=title, base=words.base, **place)
    row.source, row.title, row.base = source, title, words.base or row.base
    row.version, row.updated_at = row.version + 1, timezone.now()
    row.save()
    return row


def _make_room(user: User) -> None:
    Draft.objects.filter(user=user, updated_at__lt=timezone.now() - OLD).delete()
    kept = Draft.objects.filter(user=user).order_by("-updated_at").values("pk")[: MOST - 1]
    Draft.objects.filter(user=user).exclude(pk__in=[row["pk"] for row in kept]).delete()


def find_draft(key: str, user: Reader) -> Draft | None:
    """What this person left there."""
    return Draft.objects.filter(user=user, key=key).first() if isinstance(user, User) else None


def drop_draft(key: str, *, by: User) -> None:
    """The words are posted, or thrown away."""
    Draft.objects.filter(user=by, key=key).delete()


def list_drafts(user: User) -> QuerySet[Draft]:
    """Theirs, of places they may still read; order is the page's."""
    readable = Topic.objects.visible_to(user).values("pk")
    drafts = Draft.objects.filter(user=user).select_related("topic__board", "board", "post")
    return drafts.filter(topic__in=readable) | drafts.filter(topic__isnull=True)


def collect_drafts(user: User) -> list[dict[str, Any]]:
    """For the person's own copy of their data."""
    return [
        {"place": row.key, "title": row.title, "text": row.source, "updated_at": row.updated_at.isoformat()}
        for row in Draft.objects.filter(user=user).order_by("pk")
    ]


def forget_drafts(user: User) -> None:
    """They go with the account."""
    Draft.objects.filter(user=user).delete()
