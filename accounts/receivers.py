"""What follows from allauth's announcements."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver

from accounts.models import User
from accounts.services import end_tokens


@receiver((password_changed, password_reset, password_set))
def shut_out_programs(sender: object, user: User, **_: Any) -> None:
    """Whoever changes a password may do it because a stranger is in."""
    end_tokens(user)
