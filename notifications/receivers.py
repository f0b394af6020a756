"""What notifications hears from accounts."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import deleting_account, exporting
from notifications.services.own_data import describe_notifications, forget_notifications


@receiver(exporting)
def add_notifications(sender: object, user: User, parts: dict[str, Any], **_: Any) -> None:
    parts["notifications"] = describe_notifications(user)


@receiver(deleting_account)
def forget_what_was_told(sender: object, user: User, **_: Any) -> None:
    forget_notifications(user)
