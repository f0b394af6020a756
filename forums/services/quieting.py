"""Folding what somebody posts, for oneself alone. What is said for an office stays open to everybody."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from forums import rules
from forums.errors import check
from forums.models import Post, Quieted


def quiet(post: Post, *, by: User, is_on: bool) -> None:
    """Fold what the author of this post writes, or open it again. Twice is once. Raises `NotAllowedError`."""
    check(rules.can_quiet, by, post)
    if is_on:
        Quieted.objects.bulk_create([Quieted(user=by, person=post.author)], ignore_conflicts=True)
    else:
        Quieted.objects.filter(user=by, person=post.author).delete()


def unquiet(row: Quieted) -> None:
    """Taken off one's own list."""
    row.delete()


def find_quieting(post: Post) -> QuerySet[Quieted, Any]:
    """Rows of those who want to hear nothing of this post."""
    if post.is_for_all or post.author_id is None:
        return Quieted.objects.none()
    return Quieted.objects.filter(person=post.author_id)


def collect_quieted(user: User) -> list[dict[str, Any]]:
    """Whose posts the person folded, JSON-ready."""
    rows = Quieted.objects.filter(user=user).select_related("person")
    return [{"name": row.person.public_name, "created_at": row.created_at.isoformat()} for row in rows]


def forget_quieted(user: User) -> None:
    """The person leaves: nothing of theirs is folded, and nothing for them."""
    Quieted.objects.filter(user=user).delete()
    Quieted.objects.filter(person=user).delete()
