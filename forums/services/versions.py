"""The history of a post: every edition is kept, anybody who may read the post may read them."""

from dataclasses import dataclass
from datetime import datetime

from forums.models import Post, PostVersion
from ui.differences import Piece, compare


@dataclass(frozen=True)
class Edition:
    """One edition and what it changed; `pieces` is empty where its words, or those before it, were taken out."""

    number: int
    written_at: datetime
    source: str
    is_removed: bool
    is_newest: bool
    pieces: list[Piece]


def keep_version(post: Post) -> None:
    """The words as they stand, before new ones take their place; under the topic's lock."""
    PostVersion.objects.create(
        post=post, number=post.version, source=post.source, written_at=post.edited_at or post.created_at
    )
    post.version += 1


def read_history(post: Post) -> list[Edition]:
    """The newest first."""
    rows = [(row.number, row.written_at, row.source, row.removed_at is not None) for row in post.versions.all()]
    rows.append((post.version, post.edited_at or post.created_at, post.source, False))
    editions: list[Edition] = []
    before: str | None = ""
    for number, written_at, source, is_removed in rows:
        knows_both = not is_removed and before is not None and bool(editions)
        pieces = compare(before or "", source) if knows_both else []
        editions.append(Edition(number, written_at, source, is_removed, number == post.version, pieces))
        before = None if is_removed else source
    return editions[::-1]
