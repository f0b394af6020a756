"""Pictures and documents that stand under a post."""

from django.db import models

from forums.models.post import Post
from ui.files.kinds import FileKind
from ui.files.stored import StoredFile, private_storage


def name_file(row: "PostFile", name: str) -> str:
    """A name that tells nothing and cannot be guessed; the author's own name for it is in the row."""
    return f"posts/{row.public_id}{FileKind(row.kind).suffix}"


class PostFile(StoredFile):
    """One file of a post; the post's `file_count` counts them."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="files")
    file = models.FileField(storage=private_storage, upload_to=name_file)
