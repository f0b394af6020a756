"""What a page may show at the socket's door: "the bearer may sit in this room", signed, for some minutes.

The socket path asks no database: whoever could read the page got the token with it.
"""

from dataclasses import dataclass

from django.core import signing

SALT = "ui.rooms"
MAX_AGE = 10 * 60  # seconds


@dataclass(frozen=True)
class Claim:
    """The thing its bearer may read (`topic:<uuid>`), and the language of the fragments."""

    thing: str
    language: str


def make_token(thing: str, language: str) -> str:
    """Only for a reader whom the thing's `visible_to` let through."""
    return signing.dumps([thing, language], salt=SALT)


def find_claim(token: str) -> Claim | None:
    """None for a token that is forged, too old, or no token."""
    try:
        thing, language = signing.loads(token, salt=SALT, max_age=MAX_AGE)
        return Claim(str(thing), str(language))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def room_of(thing: str, language: str) -> str:
    """Readers of one thing in one language: fragments carry words, so each language has a room."""
    return f"{thing}:{language}"
