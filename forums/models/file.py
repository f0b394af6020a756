"""Pictures and documents that stand under a post."""

import uuid

from django.core.files.storage import Storage, storages
from django.db import models

from forums.models.post import Post
from ui.files.kinds import FileKind


def private_storage() -> Storage:
    """Where no address leads: these files go out through a view that asks who is asking."""
    return storages["private"]


def name_file(row: "PostFile", name: str) -> str:
    """A name that tells nothing and cannot be guessed; the author's own name for it is in the row."""
    return f"posts/{row.public_id}{FileKind(row.kind).suffix}"


class PostFile(models.Model):
    """One file of a post; the post's `file_count` counts them. Sizes in bytes and pixels; documents have no pixels."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=FileKind)
    file = models.FileField(storage=private_storage, upload_to=name_file)
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind == FileKind.PICTURE
