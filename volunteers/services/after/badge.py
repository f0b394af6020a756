"""A service record as Open Badges 3.0: the same credential as a certificate's, issued by the commune office."""

from typing import Any

from accounts.models import Organisation
from courses.services.badges import describe_credential, say_both, sign_paper, sign_status_list, site_address
from volunteers.enums import Sharing
from volunteers.models import ServiceRecord
from volunteers.services.after.wording import say_criteria

LISTS = "service-status"  # folder of the status lists below an issuer's address


def has_badge(record: ServiceRecord) -> bool:
    """A badge without a name proves nothing of anybody: it follows the owner's choice."""
    return record.is_valid and record.sharing == Sharing.NAMED


def describe_badge(record: ServiceRecord) -> dict[str, Any]:
    """The credential, unsigned."""
    narrative = "\n\n".join(say_criteria(record, language) for language in ("en", "km"))
    achievement = {
        "id": f"urn:uuid:{record.placement.application.request.public_id}",
        "type": ["Achievement"],
        "achievementType": "CommunityService",
        "name": say_both(record.facts["work"]),
        "description": narrative,
        "criteria": {"narrative": narrative},
        "tag": [skill["en"] for skill in record.facts["skills"]],
    }
    return describe_credential(record, achievement, address=f"{site_address()}/service/{record.code}/", lists=LISTS)


def sign_badge(record: ServiceRecord) -> str | None:
    """The signed credential (VC-JWT); None without a key, and where there is no badge."""
    return sign_paper(record, describe_badge(record)) if has_badge(record) else None


def sign_void_records(organisation: Organisation, number: int) -> str | None:
    """The signed list of an office's records that do not hold any more; None without a key."""
    return sign_status_list(organisation, number, papers=ServiceRecord.objects.void(), lists=LISTS)
