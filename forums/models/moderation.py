"""What moderators did and why. Afterwards only two things can happen to an act: undone at once, or overturned."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from forums.case_querysets import ModerationQuerySet
from forums.enums import HideReason, ModerationKind
from forums.models.post import Post


class ModerationAction(models.Model):
    """One act on one post. Hiding needs a reason; "another reason" needs words. `districts` are the places of who
    acted, as they were then: an appeal is decided by somebody from elsewhere.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="moderation_actions")
    case = models.ForeignKey("Case", models.SET_NULL, null=True, blank=True, related_name="acts")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="moderation_actions"
    )
    kind = models.CharField(max_length=8, choices=ModerationKind)
    reason = models.CharField(max_length=14, choices=HideReason, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    districts = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    overturned_at = models.DateTimeField(null=True, blank=True)

    objects = ModerationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=("-created_at", "-id"), name="forums_moderation_log"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind__in=(ModerationKind.HIDE, ModerationKind.WARN)) | ~Q(reason=""),
                name="forums_moderation_hide_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(reason=HideReason.OTHER) | ~Q(note=""), name="forums_moderation_other_has_note"
            ),
        )

    def __str__(self) -> str:
        return f"{self.post_id} {self.kind}"

    @property
    def reason_words(self) -> str:
        """The reason of the list; "" for an act without one."""
        return str(HideReason(self.reason).label) if self.reason else ""

    @property
    def stands(self) -> bool:
        return self.undone_at is None and self.overturned_at is None

    def get_absolute_url(self) -> str:
        """Where the author reads what was decided, and appeals."""
        return reverse("moderation-act", args=[self.public_id])
