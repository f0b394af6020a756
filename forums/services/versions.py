"""The history of a post: every edition is kept, anybody who may read the post may read them."""

from dataclasses import dataclass
from datetime import datetime

from forums.models import Post, PostVersion
from ui.differences import Piece, compare


@dataclass(frozen=True)
class Edition:
    """One edition and what it changed; `pieces` is empty where its words, or those before it, were taken out. `added`
    and `dropped` count the files that came and went with it.
    """

    number: int
    written_at: datetime
    source: str
    is_removed: bool
    is_newest: bool
    pieces: list[Piece]
    added: int = 0
    dropped: int = 0
    title: str = ""


def keep_version(post: Post, *, added: int = 0, dropped: int = 0, title: str = "") -> None:
    """The words as they stand, before new ones take their place, and how many files come and go with these; `title`:
    that of the topic, if it changes too. Under the topic's lock.
    """
    PostVersion.objects.create(
        post=post,
        number=post.version,
        source=post.source,
        title=title,
        written_at=post.edited_at or post.created_at,
        files_added=added,
        files_dropped=dropped,
    )
    post.version += 1


def read_history(post: Post) -> list[Edition]:
    """The newest first."""
    versions = list(post.versions.all())
    rows = [(row.number, row.written_at, row.source, row.removed_at is not None) for row in versions]
    rows.append((post.version, post.edited_at or post.created_at, post.source, False))
    files = [(0, 0), *((row.files_added, row.files_dropped) for row in versions)]
    titles = [*(row.title for row in versions), ""]
    editions: list[Edition] = []
    before: str | None = ""
    for (number, written_at, source, is_removed), moved, title in zip(rows, files, titles, strict=True):
        knows_both = not is_removed and before is not None and bool(editions)
        pieces = compare(before or "", source) if knows_both else []
        editions.append(Edition(number, written_at, source, is_removed, number == post.version, pieces, *moved, title))
        before = None if is_removed else source
    return editions[::-1]
