"""Names to sign in with: Khmer or Latin letters, never something that reads as a phone number."""

import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.phones import find_phone
from places.khmer import normalise

SHORTEST = 3
LONGEST = 60
SIGNS = "._-"
MADE_UP = "kh-"  # how every made-up username begins
# No letter that is mistaken for another when it is read aloud or copied by hand.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def clean_username(typed: str) -> str:
    """The one form a username is kept and compared in."""
    return normalise(typed)


def validate_username(name: str) -> None:
    """Letters and marks of any script, digits, and . _ - ; Django's own rule refuses Khmer vowel signs."""
    if not all(letter in SIGNS or unicodedata.category(letter)[0] in "LMN" for letter in name):
        raise ValidationError(_("Use letters, digits and . _ - only, without spaces."), code="username_letters")
    if len(name) < SHORTEST:
        raise ValidationError(_("Use 3 letters or more."), code="username_short")
    if name.startswith((MADE_UP, "gone-")):
        raise ValidationError(_("Names that begin so are kept for us. Try another."), code="username_reserved")
    if find_phone(name):
        raise ValidationError(_("This looks like a phone number. Use letters too."), code="username_phone")


def make_username() -> str:
    """For people who sign up by phone: says nothing about them and cannot be guessed. About 39 bits."""
    return MADE_UP + "".join(secrets.choice(ALPHABET) for _letter in range(8))
