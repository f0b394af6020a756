"""What the search reads: the words of every post that can be read, in comparable form."""

from django.db import models

from forums.models.board import Board
from forums.models.post import Post


class PostText(models.Model):
    """Only of visible posts, the title before the words of the first; ends in two spaces, so that each letter begins a
    trigram. A trigram table on SQLite and an index of trigrams on PostgreSQL stand behind it: see the migration.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="found_text")
    board = models.ForeignKey(Board, models.CASCADE, related_name="+", db_index=False)
    text = models.TextField()

    class Meta:
        indexes = (models.Index(fields=("board", "-post"), name="forums_posttext_newest"),)

    def __str__(self) -> str:
        return f"{self.pk}"
