"""Reactions: given and taken back in the topic's ledger, so that every open page shows the same tallies."""

from typing import Any

from django.db.models import Count

from accounts.models import User
from forums import rules
from forums.enums import EventKind, ReactionKind
from forums.errors import check
from forums.models import Post, Reaction
from forums.services.ledger import Ledger, writing_to


def react(post: Post, *, by: User, kind: ReactionKind, is_on: bool = True) -> Post:
    """Give a reaction, or take it back. Twice is the same as once. Raises `NotAllowedError`."""
    with writing_to(post.topic) as ledger:
        post = ledger.read(post)
        check(rules.can_react, by, post)
        if is_on:
            changed = Reaction.objects.get_or_create(post=post, user=by, kind=kind)[1]
        else:
            changed = bool(Reaction.objects.filter(post=post, user=by, kind=kind).delete()[0])
        if changed:
            tally(ledger, post)
        return post


def tally(ledger: Ledger, post: Post) -> None:
    """Count the post's reactions anew under the lock, and show it."""
    rows = Reaction.objects.filter(post=post).order_by().values_list("kind").annotate(Count("pk"))
    post.tallies = dict(rows)
    post.save(update_fields=["tallies"])
    ledger.note(EventKind.CHANGED, post)


def collect_reactions(user: User) -> list[dict[str, Any]]:
    """For the person's own copy of their data."""
    rows = Reaction.objects.filter(user=user).select_related("post__topic").order_by("created_at")
    return [
        {
            "topic": str(row.post.topic.public_id),
            "number": row.post.number,
            "kind": row.kind,
            "created_at": row.created_at.isoformat(),
        }
        for row in rows
    ]


def forget_reactions(user: User) -> None:
    """They go with the account; the tallies follow."""
    posts = Post.objects.filter(reactions__user=user).distinct().select_related("topic").order_by("topic_id", "pk")
    for post in posts:
        with writing_to(post.topic) as ledger:
            Reaction.objects.filter(post=post, user=user).delete()
            tally(ledger, ledger.read(post))
