"""What the planning year hears from accounts."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import deleting_account, exporting
from participation.services.following import describe_follows, forget_follows


@receiver(exporting)
def add_participation(sender: object, user: User, parts: dict[str, Any], **_: Any) -> None:
    parts["participation"] = {"follows": describe_follows(user)}


@receiver(deleting_account)
def forget_participation(sender: object, user: User, **_: Any) -> None:
    forget_follows(user)
