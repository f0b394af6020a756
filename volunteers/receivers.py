"""What volunteering hears from accounts."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import deleting_account, exporting
from volunteers.services.applications import leave_everything
from volunteers.services.export import describe_volunteering


@receiver(exporting)
def add_applications(sender: object, user: User, parts: dict[str, Any], **_: Any) -> None:
    parts["volunteers"] = describe_volunteering(user)


@receiver(deleting_account)
def withdraw_applications(sender: object, user: User, **_: Any) -> None:
    leave_everything(user)
