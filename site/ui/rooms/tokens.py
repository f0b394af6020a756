"""What a page may show at the socket's door: "the bearer may sit in this room", signed, for some minutes.

The socket path asks no database: whoever could read the page got the token with it.
"""

from dataclasses import dataclass

from django.core import signing

SALT = "ui.rooms"
MAX_AGE = 10 * 60  # seconds
SIT_SECONDS = 60 * 60  # then the page shows a fresh token, so a right taken away ends somewhere
PRIVATE = "private"  # ends the name of a thing that not everybody may read
SIT_SHORT = 2 * 60  # in a private room


@dataclass(frozen=True)
class Claim:
    """The thing its bearer may read (`topic:<uuid>`, `topic:<uuid>:private`), the fragments' language, and for how many
    seconds at once.
    """

    thing: str
    language: str
    seconds: int = SIT_SECONDS


def make_token(thing: str, language: str, *, is_private: bool = False) -> str:
    """Only for a reader whom the thing's `visible_to` let through. Where not everybody may read, its bearer is asked
    again every other minute, whatever took the right away.
    """
    return signing.dumps([thing, language, SIT_SHORT if is_private else SIT_SECONDS], salt=SALT)


def find_claim(token: str) -> Claim | None:
    """None for a token that is forged, too old, or no token."""
    try:
        thing, language, seconds = signing.loads(token, salt=SALT, max_age=MAX_AGE)
        return Claim(str(thing), str(language), int(seconds))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def room_of(thing: str, language: str) -> str:
    """Readers of one thing in one language: fragments carry words, so each language has a room."""
    return f"{thing}:{language}"
