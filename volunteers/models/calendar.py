"""A person's own calendar address."""

import secrets

from django.conf import settings
from django.db import models


def make_token() -> str:
    return secrets.token_urlsafe(24)


class CalendarFeed(models.Model):
    """Whoever knows the token reads the owner's shifts. A new token ends the old; without a row there is no feed."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token = models.CharField(max_length=40, unique=True, default=make_token, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"calendar {self.pk}"
