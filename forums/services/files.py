"""Files under posts: kept with the post or not at all, read by whoever may read it, gone with it."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from forums.enums import EventKind
from forums.errors import TooManyFilesError
from forums.models import Post, PostFile, Topic
from forums.querysets import Reader
from forums.services.ledger import writing_to
from ui.files.checking import MOST_FILES, CheckedFile
from ui.files.stored import private_storage
from ui.words import to_digits


class Bag:
    """Files on their way under a post."""

    def __init__(self, files: Sequence[CheckedFile] = ()) -> None:
        self.files = files
        self._names: list[str] = []
        self._store: Storage = private_storage()

    def put_under(self, post: Post) -> None:
        """Keep them under a post; under the topic's lock."""
        for file in self.files:
            row = PostFile(post=post, kind=file.kind, name=file.name, width=file.width, height=file.height)
            row.size = len(file.content)
            row.file.save(file.name, ContentFile(file.content), save=False)
            self._names.append(row.file.name or "")
            row.save()
        if self.files:
            post.file_count += len(self.files)
            post.save(update_fields=["file_count"])

    def empty(self) -> None:
        """The post did not come to be."""
        for name in self._names:
            self._store.delete(name)


@contextmanager
def pack(files: Sequence[CheckedFile] = ()) -> Iterator[Bag]:
    """Around the transaction that writes the post: when it fails, nothing stays in the store."""
    bag = Bag(files)
    try:
        yield bag
    except BaseException:
        bag.empty()
        raise


@dataclass(frozen=True)
class Change:
    """What an edit does to the files of a post."""

    fresh: list[CheckedFile]
    gone: list[PostFile]
    total: int

    def __bool__(self) -> bool:
        return bool(self.fresh or self.gone)


def compare_files(post: Post, attached: Sequence[CheckedFile], dropped: Collection[uuid.UUID]) -> Change:
    """Of the files that come along, those that are not there yet, byte for byte; of those to drop, those that still
    are. So the same edit sent twice changes once.
    """
    rows = list(PostFile.objects.filter(post=post)) if post.file_count and (attached or dropped) else []
    gone = [row for row in rows if row.public_id in dropped]
    kept = [row for row in rows if row not in gone]
    fresh = [file for file in attached if not any(is_same(row, file) for row in kept)]
    return Change(fresh, gone, post.file_count - len(gone) + len(fresh))


def is_same(row: PostFile, file: CheckedFile) -> bool:
    if row.size != len(file.content):
        return False
    with row.file.open() as kept:
        return bool(kept.read() == file.content)


def check_count(change: Change) -> None:
    """Raise `TooManyFilesError` when more come along than the post can carry."""
    if change.fresh and change.total > MOST_FILES:
        text = _("At most %(most)s files can stand under one post. Take some out first.")
        raise TooManyFilesError(to_digits(text % {"most": MOST_FILES}))


def remove_files(post: Post, rows: Iterable[PostFile] | None = None) -> None:
    """These, else all of the post, for good once the transaction stands; under the topic's lock."""
    if not post.file_count:
        return
    for row in PostFile.objects.filter(post=post) if rows is None else rows:
        transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
        row.delete()
        post.file_count -= 1
    post.save(update_fields=["file_count"])


def forget_files(user: User) -> None:
    """A picture tells more of a person than words do: they go with the account, the words stay."""
    posts = Post.objects.filter(author=user, file_count__gt=0).select_related("topic").order_by("topic_id", "pk")
    for post in posts:
        with writing_to(post.topic) as ledger:
            locked = ledger.read(post)
            remove_files(locked)
            ledger.note(EventKind.CHANGED, locked)


def files_visible_to(user: Reader) -> QuerySet[PostFile]:
    """Of posts that can be read, in topics that this reader may read."""
    return PostFile.objects.filter(post__in=Post.objects.visible(), post__topic__in=Topic.objects.visible_to(user))
