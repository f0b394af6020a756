"""Reads of notifications and deliveries."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Max

from accounts.models import User
from notifications.enums import DeliveryStatus

if TYPE_CHECKING:
    from notifications.models import Delivery, Notification  # noqa: F401 named in strings below

WAITING = (DeliveryStatus.QUEUED, DeliveryStatus.FAILED)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User | AnonymousUser) -> "NotificationQuerySet":
        """Everybody's own, and nobody else's."""
        return self.filter(recipient=user) if isinstance(user, User) else self.none()

    def leads(self) -> "NotificationQuerySet":
        """One row a group."""
        return self.filter(lead=None)

    def unread(self) -> "NotificationQuerySet":
        """What the bell counts."""
        return self.leads().filter(read_at=None)

    def with_group(self) -> "NotificationQuerySet":
        """Adds `followers_count` and when the last of the group came, `latest_at` (None when alone)."""
        return self.annotate(followers_count=Count("followers"), latest_at=Max("followers__created_at"))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        """To be tried now, the longest waiting first."""
        return self.filter(status__in=WAITING, next_at__lte=now).order_by("next_at", "pk")

    def stuck(self, status: DeliveryStatus, before: datetime) -> "DeliveryQuerySet":
        """In the hands of a worker that never came back."""
        return self.filter(status=status, updated_at__lt=before)

    def with_kind(self) -> "DeliveryQuerySet":
        """With the kind of what was told; the person is not read."""
        return self.select_related("notification").only(
            *(field.name for field in self.model._meta.concrete_fields), "notification__kind"
        )
