"""Taking one's data along, and leaving for good."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from rest_framework.authtoken.models import Token
from wagtail.users.models import UserProfile

from accounts.models import GuardianConsent, InclusionProfile, User
from accounts.services.organisations import end_membership
from accounts.signals import deleting_account, exporting

FORMAT = 1


def collect_export(user: User) -> dict[str, Any]:
    """Everything kept about the person, JSON-ready; apps above add their parts by hearing `exporting`."""
    parts: dict[str, Any] = {"account": describe_account(user)}
    exporting.send(User, user=user, parts=parts)
    return {"format": FORMAT, "made_at": timezone.now().isoformat(), "parts": parts}


def describe_account(user: User) -> dict[str, Any]:
    """The part of this app."""
    inclusion = InclusionProfile.objects.filter(user=user).values().first()
    return {
        "username": user.username,
        "public_id": str(user.public_id),
        "family_name_km": user.family_name_km,
        "given_name_km": user.given_name_km,
        "family_name_latin": user.family_name_latin,
        "given_name_latin": user.given_name_latin,
        "phone": user.phone,
        "email": user.email,
        "birth_year": user.birth_year,
        "home_commune": user.home_commune.code if user.home_commune else None,
        "home_village": user.home_village.code if user.home_village else None,
        "current_commune": user.current_commune.code if user.current_commune else None,
        "language": user.language,
        "contrast": user.contrast,
        "saves_data": user.saves_data,
        "joined_at": user.date_joined.isoformat(),
        "memberships": [describe_membership(one) for one in user.memberships.select_related("organisation")],
        "guardian_consents": [describe_consent(one) for one in user.guardian_consents.all()],
        "inclusion": drop_keys(inclusion, "id", "user_id") if inclusion else None,
        "reads_of_inclusion": [
            {"reason": read.reason, "read_at": read.read_at.isoformat()} for read in user.inclusion_reads.all()
        ],
    }


def describe_membership(membership: Any) -> dict[str, Any]:
    return {
        "organisation": membership.organisation.name_en,
        "role": membership.role,
        "started_at": membership.started_at.isoformat(),
        "accepted_at": membership.accepted_at.isoformat() if membership.accepted_at else None,
        "ended_at": membership.ended_at.isoformat() if membership.ended_at else None,
    }


def describe_consent(consent: GuardianConsent) -> dict[str, Any]:
    return {
        "guardian_name": consent.guardian_name,
        "guardian_phone": consent.guardian_phone,
        "channel": consent.channel,
        "given_at": consent.given_at.isoformat(),
        "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
    }


def drop_keys(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    kept = {key: value for key, value in row.items() if key not in names}
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in kept.items()}


@transaction.atomic
def delete_account(user: User) -> None:
    """Leave for good: the person's data goes, what others rely on stays without a name.

    Posts and records keep pointing to this row, which tells nothing any more and can never sign in. Apps above hear
    `deleting_account` first and clear what is theirs.
    """
    deleting_account.send(User, user=user)
    now = timezone.now()
    for membership in user.memberships.filter(ended_at=None).select_related("organisation"):
        end_membership(membership)
    user.guardian_consents.all().delete()
    user.recovery_codes.all().delete()
    user.inclusion_reads.all().delete()
    InclusionProfile.objects.filter(user=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    Token.objects.filter(user=user).delete()
    UserProfile.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()
    blank(user)
    user.deleted_at = now
    user.save()


def blank(user: User) -> None:
    """Take every fact off the row, and the password with it, which voids every session."""
    user.username = f"gone-{user.public_id.hex}"
    for name in ("family_name_km", "given_name_km", "family_name_latin", "given_name_latin", "phone", "email"):
        setattr(user, name, "")
    user.birth_year = user.home_commune = user.home_village = user.current_commune = user.last_login = None
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
