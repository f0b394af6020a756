"""What volunteering hears from accounts."""

from typing import Any

from django.db.models import OuterRef
from django.dispatch import receiver

from accounts.models import Organisation, User
from accounts.signals import consent_withdrawn, deleting_account, exporting, office_succeeded, organisation_refused
from forums.signals import counting_trust
from places.models import Commune
from places.signals import commune_ended, communes_renamed
from volunteers.services.after.own_data import describe_after, forget_after
from volunteers.services.applications import leave_everything, pause_placements
from volunteers.services.export import describe_volunteering
from volunteers.services.moving.offices import take_over
from volunteers.services.moving.places import move_codes, relist
from volunteers.services.profile import forget_finding
from volunteers.services.requests import suspend_requests
from volunteers.services.serving.own_data import describe_service, find_attended, forget_service


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


@receiver(office_succeeded)
def hand_on_requests(sender: object, office: Organisation, successor: Organisation, **_: Any) -> dict[str, int]:
    return take_over(office, successor=successor)


@receiver(commune_ended)
def follow_commune(sender: object, commune: Commune, successor: Commune, **_: Any) -> dict[str, int]:
    return move_codes(commune, successor=successor)


@receiver(communes_renamed)
def follow_names(sender: object, codes: set[str], **_: Any) -> None:
    relist(codes)


@receiver(counting_trust)
def add_shifts(sender: object, parts: dict[str, Any], **_: Any) -> None:
    parts["shifts"] = find_attended(OuterRef("pk"))
