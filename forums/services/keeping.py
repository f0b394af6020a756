"""Posts that a person keeps to find them again."""

from typing import Any

from accounts.models import User
from forums.models import Bookmark, Post


def keep(post: Post, *, by: User, is_kept: bool) -> None:
    """Put a post on the person's own list, or take it off. Twice is once."""
    if is_kept:
        Bookmark.objects.bulk_create([Bookmark(user=by, post=post)], ignore_conflicts=True)
    else:
        Bookmark.objects.filter(user=by, post=post).delete()


def collect_bookmarks(user: User) -> list[dict[str, Any]]:
    """What the person kept, JSON-ready."""
    rows = Bookmark.objects.filter(user=user).select_related("post__topic")
    return [
        {
            "topic": str(row.post.topic.public_id),
            "number": row.post.number,
            "created_at": row.created_at.isoformat(),
        }
        for row in rows
    ]
