"""Words that are not posted yet, kept for their author alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from forums.models.board import Board
from forums.models.post import Post
from forums.models.topic import TITLE_LENGTH, Topic


class Draft(models.Model):
    """One person's words for one place, by its `key`: "topic-<uuid>" a reply, "board-<slug>" a new topic, "edit-<pk>"
    new words for a post, begun at its edition `base`. `version` counts the savings: a phone that saves says which one
    it began with, so that two never write over each other. A commune's board may have no row yet.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_drafts")
    key = models.CharField(max_length=100)
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="drafts")
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="drafts")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="drafts")
    title = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    source = models.TextField()
    base = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "key"), name="forums_draft_one_for_each_place"),
            models.CheckConstraint(
                condition=Q(key__startswith="topic-", topic__isnull=False, post__isnull=True)
                | Q(key__startswith="board-", topic__isnull=True, post__isnull=True)
                | Q(key__startswith="edit-", topic__isnull=False, post__isnull=False),
                name="forums_draft_place_fits",
            ),
        )
        indexes = (models.Index(fields=("user", "-updated_at", "-id"), name="forums_draft_of_person"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"

    def get_absolute_url(self) -> str:
        """The form where the words go on."""
        if self.post is not None and self.topic is not None:
            return reverse("post-edit", args=[self.topic.public_id, self.post.number])
        if self.topic is not None:
            return f"{reverse('topic', args=[self.topic.public_id])}?post={self.topic.last_number}#reply"
        return reverse("topic-new", args=[self.key.removeprefix("board-")])
