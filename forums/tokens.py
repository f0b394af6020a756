"""What a page may show at the socket's door: "the bearer may read this topic", signed, for some minutes.

The socket path asks no database: whoever could read the page got the token with it.
"""

import uuid
from dataclasses import dataclass

from django.core import signing

SALT = "forums.socket"
MAX_AGE = 10 * 60  # seconds


@dataclass(frozen=True)
class Claim:
    """The topic its bearer may read, and the language of the fragments."""

    topic: uuid.UUID
    language: str


def make_token(topic: uuid.UUID, language: str) -> str:
    """Only for a reader whom `Topic.objects.visible_to` let through."""
    return signing.dumps([topic.hex, language], salt=SALT)


def find_claim(token: str) -> Claim | None:
    """None for a token that is forged, too old, or no token."""
    try:
        topic, language = signing.loads(token, salt=SALT, max_age=MAX_AGE)
        return Claim(uuid.UUID(topic), str(language))
    except (signing.BadSignature, ValueError, TypeError):
        return None
