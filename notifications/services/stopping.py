"""One tap in an e-mail stops that kind of e-mail, without signing in. The link allows this and no more."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing
from django.db import transaction

from accounts.models import User
from notifications.enums import Channel
from notifications.models import Preference
from notifications.services.kinds import KINDS, Kind
from notifications.services.letters import SALT
from notifications.services.preferences import read_choices, save_choices, scope_of_kind


class NoSuchLinkError(Exception):
    """Forged, cut off, or of a person or kind that is gone."""


@dataclass(frozen=True)
class StopLink:
    """`is_stopped`: nothing of this kind is sent any more. `is_overruled`: switched on again after the e-mail."""

    user: User
    kind: Kind
    is_stopped: bool
    is_overruled: bool


def read_stop_link(token: str) -> StopLink:
    """Raises `NoSuchLinkError`."""
    try:
        person, code, written = signing.loads(token, salt=SALT)
        user = User.objects.get(public_id=uuid.UUID(str(person)), is_active=True)
        kind = KINDS[code]
        if kind.is_alarm:
            raise NoSuchLinkError
        written_at = datetime.fromtimestamp(written, UTC)
    except (signing.BadSignature, ValueError, TypeError, KeyError, OverflowError, User.DoesNotExist):
        raise NoSuchLinkError from None
    row = Preference.objects.filter(user=user, channel=Channel.EMAIL, scope=scope_of_kind(code)).first()
    is_overruled = row is not None and row.is_on and row.changed_at > written_at
    return StopLink(user, kind, not read_choices(user).allows(Channel.EMAIL, kind), is_overruled)


@transaction.atomic
def use_stop_link(token: str) -> StopLink:
    """Stop that kind of e-mail. The second tap changes nothing, nor does a link older than a later change of mind."""
    link = read_stop_link(token)
    if link.is_overruled:
        return link
    save_choices(link.user, changes={(Channel.EMAIL, scope_of_kind(link.kind.code)): False})
    return StopLink(link.user, link.kind, is_stopped=True, is_overruled=False)
