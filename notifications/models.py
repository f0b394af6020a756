"""What a person was told, by which ways, and what they want to be told."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from notifications.enums import Channel, DeliveryReason, DeliveryStatus
from notifications.querysets import DeliveryQuerySet, NotificationQuerySet

if TYPE_CHECKING:
    from accounts.models import User  # noqa: F401 named in strings below


class Notification(models.Model):
    """One thing that one person is told. Put into words when it is read, in the reader's language.

    `data` fills the kind's sentences, `url` carries no language. Of several with one kind and `group_key` within a few
    minutes the later ones follow a `lead`: only leads are listed, counted and sent. `due_at` is the end of a clock.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    group_key = models.CharField(max_length=80, blank=True, default="")
    dedupe_key = models.CharField(max_length=120)
    lead = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="followers")
    due_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(
                fields=("recipient", "-created_at", "-id"),
                condition=Q(lead=None),
                name="notifications_list",
            ),
            models.Index(fields=("recipient",), condition=Q(lead=None, read_at=None), name="notifications_unread"),
            models.Index(fields=("created_at",), name="notifications_age"),
        )
        constraints = (
            models.UniqueConstraint(fields=("recipient", "dedupe_key"), name="notifications_notification_once"),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(seen_at__isnull=False), name="notifications_notification_read_is_seen"
            ),
            models.CheckConstraint(condition=Q(url__startswith="/"), name="notifications_notification_url_is_ours"),
        )

    def __str__(self) -> str:
        return f"{self.kind} · {self.public_id}"

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class Delivery(models.Model):
    """The log of one notification on one way: when it is tried next, what became of it, why. Never an address."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notification = models.ForeignKey(Notification, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    status = models.CharField(max_length=10, choices=DeliveryStatus, default=DeliveryStatus.QUEUED)
    reason = models.CharField(max_length=14, choices=DeliveryReason, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("status", "next_at"), name="notifications_delivery_due"),
            models.Index(fields=("-created_at", "-id"), name="notifications_delivery_log"),
            models.Index(fields=("status", "-created_at", "-id"), name="notifications_delivery_which"),
        )
        constraints = (
            models.UniqueConstraint(fields=("notification", "channel"), name="notifications_delivery_once"),
            models.CheckConstraint(
                condition=~Q(status__in=(DeliveryStatus.FAILED, DeliveryStatus.GIVEN_UP, DeliveryStatus.DROPPED))
                | ~Q(reason=""),
                name="notifications_delivery_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel}: {self.status}"


class Preference(models.Model):
    """One switch that a person set. `scope` is "" (the whole way), `category:…`, `kind:…` or `thread:…`.

    The row stays when it is switched on again: a stop link in an older e-mail must not undo that.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences")
    channel = models.CharField(max_length=10, choices=Channel)
    scope = models.CharField(max_length=90, blank=True, default="")
    is_on = models.BooleanField()
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("user", "channel", "scope"), name="notifications_preference_once"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.scope}: {'on' if self.is_on else 'off'}"
