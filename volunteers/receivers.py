"""What volunteering hears from accounts."""

from typing import Any

from django.dispatch import receiver

from accounts.models import Organisation, User
from accounts.signals import consent_withdrawn, deleting_account, exporting, organisation_refused
from volunteers.services.after.own_data import describe_after, forget_after
from volunteers.services.applications import leave_everything, pause_placements
from volunteers.services.export import describe_volunteering
from volunteers.services.profile import forget_finding
from volunteers.services.requests import suspend_requests
from volunteers.services.serving.own_data import describe_service, forget_service


@receiver(exporting)
def add_applications(sender: object, user: User, parts: dict[str, Any], **_: Any) -> None:
    parts["volunteers"] = describe_volunteering(user) | describe_service(user) | describe_after(user)


@receiver(deleting_account)
def withdraw_applications(sender: object, user: User, **_: Any) -> None:
    leave_everything(user)
    forget_service(user)
    forget_after(user)
    forget_finding(user)


@receiver(organisation_refused)
def stop_requests(sender: object, organisation: Organisation, **_: Any) -> None:
    suspend_requests(organisation)


@receiver(consent_withdrawn)
def pause_service(sender: object, user: User, **_: Any) -> None:
    pause_placements(user)
