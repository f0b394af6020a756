"""What the learning part hears from below."""

import uuid
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from courses.services.adoption import SESSION_KEY, adopt_progress


@receiver(user_logged_in)
def keep_visitor_progress(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """Every door in ends here: allauth's sign-up and sign-in, recovery codes, the editors' admin."""
    session = getattr(request, "session", None)
    visitor = session.pop(SESSION_KEY, None) if session is not None else None
    if visitor:
        adopt_progress(user, visitor=uuid.UUID(visitor))
