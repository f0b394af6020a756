"""The person's own copy of what they were told, and forgetting it."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from notifications.models import Notification
from notifications.services.kinds import put_into_words


def describe_notifications(user: User) -> dict[str, Any]:
    """What was told, oldest first, how it went out, and the switches. JSON-ready."""
    rows = Notification.objects.visible_to(user).prefetch_related("deliveries").order_by("created_at", "pk")
    return {
        "told": [_describe(row) for row in rows],
        "preferences": [
            {"channel": row.channel, "scope": row.scope, "is_on": row.is_on}
            for row in user.notification_preferences.all()
        ],
    }


def _describe(row: Notification) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "title": put_into_words(row.kind, row.data).title,
        "url": row.url,
        "created_at": row.created_at.isoformat(),
        "read_at": row.read_at and row.read_at.isoformat(),
        "deliveries": [
            {"channel": delivery.channel, "status": delivery.status, "reason": delivery.reason}
            for delivery in row.deliveries.all()
        ],
    }


def change_told(kinds: Iterable[str], urls: Iterable[str], **data: Any) -> None:
    """Other people were told of these addresses: the sentences of these kinds say this from now on."""
    for row in Notification.objects.filter(kind__in=list(kinds), url__in=list(urls)).iterator():
        row.data = row.data | data
        row.save(update_fields=["data"])


def forget_notifications(user: User) -> None:
    """The account is being deleted: nothing of this is anybody else's."""
    Notification.objects.visible_to(user).delete()
    user.notification_preferences.all().delete()
    user.unread_notifications = 0
