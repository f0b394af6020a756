"""A guardian's consent for people of 15 to 17: recorded by somebody the programme knows, withdrawn at any time."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.enums import ConsentChannel
from accounts.models import GuardianConsent, User
from accounts.signals import consent_withdrawn


@transaction.atomic
def record_consent(
    user: User,
    *,
    by: User,
    guardian_name: str,
    channel: ConsentChannel,
    guardian_phone: str = "",
    given_at: datetime | None = None,
) -> GuardianConsent:
    """One valid consent per person: an earlier one is withdrawn by the new one."""
    _end_valid(user, by)
    return GuardianConsent.objects.create(
        user=user,
        recorded_by=by,
        guardian_name=guardian_name,
        guardian_phone=guardian_phone,
        channel=channel,
        given_at=given_at or timezone.now(),
    )


@transaction.atomic
def withdraw_consent(user: User, *, by: User) -> bool:
    """End the valid consent; whether there was one. The row stays; what hangs on the consent stops."""
    was_valid = _end_valid(user, by)
    if was_valid:
        consent_withdrawn.send(User, user=user)
    return was_valid


def _end_valid(user: User, by: User) -> bool:
    valid = GuardianConsent.objects.filter(user=user, withdrawn_at=None)
    return bool(valid.update(withdrawn_at=timezone.now(), withdrawn_by=by))
