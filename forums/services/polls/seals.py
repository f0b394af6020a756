"""The seal that finds a person's own ballot and names nobody."""

import uuid

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "forums.polls.ballot"


def make_seals(public_id: uuid.UUID, user_pk: int) -> list[str]:
    """The seal of this person in the poll of this topic; after it those of former secrets of the site."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    text = f"{public_id}:{user_pk}"
    return [salted_hmac(SALT, text, secret=secret, algorithm="sha256").hexdigest() for secret in secrets]
