"""What one person does with topics as a reader: how far boards are seen, what is followed, what is kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forums.enums import FollowLevel
from forums.models.board import Board
from forums.models.post import Post
from forums.models.topic import Topic
from forums.querysets import BookmarkQuerySet, SubscriptionQuerySet

PERSON = settings.AUTH_USER_MODEL


class BoardMarker(models.Model):
    """How a person stands to a board. `begun` of its topics had been begun at the last look; those begun after `since`
    are new until they are opened.
    """

    user = models.ForeignKey(PERSON, models.CASCADE, related_name="board_markers")
    board = models.ForeignKey(Board, models.CASCADE, related_name="markers")
    begun = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "board"), name="forums_boardmarker_one"),)

    def __str__(self) -> str:
        return f"{self.pk}"


class Subscription(models.Model):
    """What a person is told of one topic, or of all topics of one board; the topic's word weighs more."""

    user = models.ForeignKey(PERSON, models.CASCADE, related_name="forum_subscriptions")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    board = models.ForeignKey(Board, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    level = models.CharField(max_length=8, choices=FollowLevel)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "topic"), name="forums_subscription_one_topic"),
            models.UniqueConstraint(fields=("user", "board"), name="forums_subscription_one_board"),
            models.CheckConstraint(
                condition=Q(topic__isnull=False, board__isnull=True) | Q(topic__isnull=True, board__isnull=False),
                name="forums_subscription_of_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.level}"


class ReaderSettings(models.Model):
    """What a person follows without asking for it; whoever never chose has no row and follows both."""

    user = models.OneToOneField(PERSON, models.CASCADE, primary_key=True, related_name="forum_settings")
    follows_begun = models.BooleanField(default=True)
    follows_answered = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Bookmark(models.Model):
    """A post a person wants to find again; nobody else learns of it."""

    user = models.ForeignKey(PERSON, models.CASCADE, related_name="forum_bookmarks")
    post = models.ForeignKey(Post, models.CASCADE, related_name="bookmarks")
    created_at = models.DateTimeField(default=timezone.now)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (models.UniqueConstraint(fields=("user", "post"), name="forums_bookmark_one"),)
        indexes = (models.Index(fields=("user", "-created_at", "-id"), name="forums_bookmark_of_user"),)

    def __str__(self) -> str:
        return f"{self.pk}"
