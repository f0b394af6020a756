"""Posts that wait before others can read them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from forums.enums import HoldReason, TopicKind
from forums.models.board import Board
from forums.models.mask import Mask
from forums.models.topic import TITLE_LENGTH, Topic


class HeldPost(models.Model):
    """Words of one author that are no post yet: they take no number, so the topic stays without gaps. Let through, they
    become the next post at that moment, and this row goes. Without a topic they begin one.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    board = models.ForeignKey(Board, models.CASCADE, related_name="held_posts")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="held_posts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="held_posts"
    )
    mask = models.ForeignKey(Mask, models.CASCADE, null=True, blank=True, related_name="held_posts")
    kind = models.CharField(max_length=12, choices=TopicKind, blank=True, default="")
    title = models.CharField(max_length=TITLE_LENGTH, blank=True, default="")
    source = models.TextField()
    client_id = models.UUIDField(default=uuid.uuid4, editable=False)
    facts = models.JSONField(default=dict, blank=True)
    why = models.CharField(max_length=8, choices=HoldReason)
    held_at = models.DateTimeField(default=timezone.now)
    release_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("held_at", "pk")
        indexes = (models.Index(fields=("held_at", "id"), name="forums_heldpost_queue"),)
        constraints = (
            models.UniqueConstraint(fields=("author", "client_id"), name="forums_heldpost_once"),
            models.UniqueConstraint(fields=("mask", "client_id"), name="forums_heldpost_masked_once"),
            models.CheckConstraint(
                condition=Q(author__isnull=True, mask__isnull=False) | Q(author__isnull=False, mask__isnull=True),
                name="forums_heldpost_of_one",
            ),
            models.CheckConstraint(
                condition=Q(topic__isnull=False) | ~Q(title="") & ~Q(kind=""), name="forums_heldpost_begins_or_replies"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.why}"

    @property
    def writer(self) -> str:
        """Under which name readers will see it."""
        return self.mask.shown_name if self.mask else self.author.public_name if self.author else ""

    @property
    def heading(self) -> str:
        """What it answers, or begins."""
        return self.topic.title if self.topic else self.title

    def get_absolute_url(self) -> str:
        return reverse("held-post", args=[self.public_id])
