"""Files under posts: kept with the post or not at all, read by whoever may read it, gone with it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from forums.enums import EventKind
from forums.models import Post, PostFile, Topic
from forums.querysets import Reader
from forums.services.ledger import Ledger, writing_to
from ui.files.checking import CheckedFile
from ui.files.stored import private_storage


class Bag:
    """Files on their way under a post."""

    def __init__(self, files: Sequence[CheckedFile] = ()) -> None:
        self.files = files
        self._names: list[str] = []
        self._store: Storage = private_storage()

    def put_under(self, post: Post) -> None:
        """Keep them under a new post; under the topic's lock."""
        for file in self.files:
            row = PostFile(post=post, kind=file.kind, name=file.name, width=file.width, height=file.height)
            row.size = len(file.content)
            row.file.save(file.name, ContentFile(file.content), save=False)
            self._names.append(row.file.name or "")
            row.save()
        if self.files:
            post.file_count = len(self.files)
            post.save(update_fields=["file_count"])

    def empty(self) -> None:
        """The post did not come to be."""
        for name in self._names:
            self._store.delete(name)


@contextmanager
def pack(files: Sequence[CheckedFile]) -> Iterator[Bag]:
    """Around the transaction that writes the post: when it fails, nothing stays in the store."""
    bag = Bag(files)
    try:
        yield bag
    except BaseException:
        bag.empty()
        raise


def remove_files(ledger: Ledger, post: Post) -> None:
    """For good, once the transaction stands."""
    if not post.file_count:
        return
    for row in PostFile.objects.filter(post=post):
        transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))
        row.delete()
    post.file_count = 0
    post.save(update_fields=["file_count"])


def forget_files(user: User) -> None:
    """A picture tells more of a person than words do: they go with the account, the words stay."""
    posts = Post.objects.filter(author=user, file_count__gt=0).select_related("topic").order_by("topic_id", "pk")
    for post in posts:
        with writing_to(post.topic) as ledger:
            locked = ledger.read(post)
            remove_files(ledger, locked)
            ledger.note(EventKind.CHANGED, locked)


def files_visible_to(user: Reader) -> QuerySet[PostFile]:
    """Of posts that can be read, in topics that this reader may read."""
    return PostFile.objects.filter(post__in=Post.objects.visible(), post__topic__in=Topic.objects.visible_to(user))
