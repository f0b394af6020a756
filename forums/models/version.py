"""What a post said before it was edited."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from forums.models.post import Post
from forums.models.topic import TITLE_LENGTH


class PostVersion(models.Model):
    """The words of one edition of a post, kept when the next one came. `number` 1 is how it was first posted; the
    newest edition is the post itself. A moderator may take the words out: they are gone, the row says that they were.
    `title`: of the topic, where it was changed with the words. `files_added` and `files_dropped`: what the next
    edition did to the files.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.TextField(blank=True)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    files_added = models.PositiveSmallIntegerField(default=0)
    files_dropped = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("post", "number")
        constraints = (
            models.UniqueConstraint(fields=("post", "number"), name="forums_postversion_numbered"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(source=""), name="forums_postversion_removed_is_empty"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} {self.number}"
