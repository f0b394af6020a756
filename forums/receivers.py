"""What the forum hears from below."""

from typing import Any

from django.dispatch import receiver

from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from accounts.signals import exporting, organisation_verified
from forums.services import collect_posts, collect_reports, get_board_of


@receiver(organisation_verified)
def make_board_of_verified_office(sender: object, organisation: Organisation, **_: Any) -> None:
    """A verified office has a place to answer."""
    if organisation.kind == OrganisationKind.COMMUNE_OFFICE and organisation.commune is not None:
        get_board_of(organisation.commune)


@receiver(exporting)
def export_posts(sender: object, user: User, parts: dict[str, Any], **_: Any) -> None:
    """A person takes their words along. On leaving the words stay without a name: the foreign keys let go of it."""
    parts["forums"] = collect_posts(user)
    parts["forum_reports"] = collect_reports(user)
