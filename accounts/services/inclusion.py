"""Inclusion data: given freely, kept apart, read only with a reason that is logged."""

from django.db import transaction
from django.utils import timezone

from accounts.models import InclusionProfile, InclusionRead, User

PURPOSE = "fair places and honest counts"  # what the person agreed to; a new purpose needs a new consent


@transaction.atomic
def save_inclusion(user: User, **answers: bool | None) -> InclusionProfile:
    """Keep the answers with the consent of this moment. Each is yes, no, or None for not said."""
    profile, _created = InclusionProfile.objects.update_or_create(
        user=user, defaults={**answers, "consented_at": timezone.now(), "purpose": PURPOSE}
    )
    return profile


def withdraw_inclusion(user: User) -> bool:
    """Delete the answers; whether there were any."""
    deleted, _per_model = InclusionProfile.objects.filter(user=user).delete()
    return bool(deleted)


@transaction.atomic
def read_inclusion(profile_user: User, *, by: User, reason: str) -> InclusionProfile | None:
    """One person's answers. Every read by another is logged with its reason, also when there is nothing to read."""
    if by != profile_user:
        if not reason.strip():
            raise ValueError("Reading somebody else's inclusion data needs a reason.")
        InclusionRead.objects.create(profile_user=profile_user, reader=by, reason=reason[:200])
    return InclusionProfile.objects.filter(user=profile_user).first()
