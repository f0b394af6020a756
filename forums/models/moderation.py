"""What moderators did and why; written once, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forums.enums import HideReason, ModerationKind
from forums.models.post import Post


class ModerationAction(models.Model):
    """One act on one post. Hiding needs a reason; "another reason" needs words."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="moderation_actions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="moderation_actions"
    )
    kind = models.CharField(max_length=8, choices=ModerationKind)
    reason = models.CharField(max_length=14, choices=HideReason, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind=ModerationKind.HIDE) | ~Q(reason=""), name="forums_moderation_hide_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reason=HideReason.OTHER) | ~Q(note=""), name="forums_moderation_other_has_note"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind}"
