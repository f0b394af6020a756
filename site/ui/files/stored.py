"""What every file that people brought along has in common, and where such files lie."""

import uuid

from django.core.files.storage import Storage, storages
from django.db import models

from ui.files.kinds import FileKind


def private_storage() -> Storage:
    """Where no address leads: these files go out through a view that asks who is asking."""
    return storages["private"]


class StoredFile(models.Model):
    """Columns of one file; the table adds `file` and what it belongs to. Sizes in bytes and pixels; documents have no
    pixels. `name` is the one its bearer gave it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=8, choices=FileKind)
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    width = models.PositiveSmallIntegerField(default=0)
    height = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind == FileKind.PICTURE
