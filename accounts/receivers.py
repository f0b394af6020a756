"""What follows from allauth's announcements."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver

from accounts.models import User
from accounts.services import end_tokens
from accounts.services.moving import Moved, move_accounts
from places.models import Commune
from places.signals import commune_ended


@receiver((password_changed, password_reset, password_set))
def shut_out_programs(sender: object, user: User, **_: Any) -> None:
    """Whoever changes a password may do it because a stranger is in."""
    end_tokens(user)


@receiver(commune_ended)
def follow_commune(sender: object, commune: Commune, successor: Commune, **_: Any) -> Moved:
    """Its people and its office go on where it became part of."""
    return move_accounts(commune, successor=successor)
