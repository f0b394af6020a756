"""A person reads what they were told."""

import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from notifications.models import Notification


def count_unread(user: User) -> int:
    """Counts anew and keeps the number beside the account, so that the bell costs a page no query."""
    number = Notification.objects.visible_to(user).unread().count()
    User.objects.filter(pk=user.pk).update(unread_notifications=number)
    user.unread_notifications = number
    return number


def mark_seen(rows: list[Notification]) -> None:
    """Shown in the list, not opened yet."""
    unseen = [row.pk for row in rows if row.seen_at is None]
    if unseen:
        Notification.objects.filter(pk__in=unseen, seen_at=None).update(seen_at=timezone.now())


@transaction.atomic
def mark_read(user: User, *, public_id: uuid.UUID | None = None) -> None:
    """One with its group, or everything."""
    now = timezone.now()
    User.objects.select_for_update().filter(pk=user.pk).values("pk").get()
    rows = Notification.objects.visible_to(user)
    if public_id is not None:
        rows = rows.filter(Q(public_id=public_id) | Q(lead__public_id=public_id))
    rows.filter(seen_at=None).update(seen_at=now)
    rows.filter(read_at=None).update(read_at=now)
    count_unread(user)
