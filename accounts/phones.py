"""Phone numbers: typed in any way people write them, kept as E.164."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberFormat, ValidationResult

from places.khmer import normalise
from ui.words import to_digits

REGION = "KH"
EXAMPLE = "012 345 678"
SHORTEST = 8  # digits after the 0
MOST_TYPED = 40
WRITTEN = re.compile(r"\+?[0-9().\-/]+")


def parse_phone(typed: str) -> str:
    """E.164 of a number typed with Khmer or Western digits, spaces, `+855`, `855` or `00855`.

    Raises ValidationError with a sentence that says what to change.
    """
    text = normalise(typed)[:MOST_TYPED].replace(" ", "")
    if text.startswith("00"):
        text = "+" + text[2:]
    try:
        if not WRITTEN.fullmatch(text):  # the library would skip letters and find a number in many a username
            raise phonenumbers.NumberParseException(phonenumbers.NumberParseException.NOT_A_NUMBER, "letters")
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        raise ValidationError(_("Type a phone number. Example: %s") % EXAMPLE, code="phone_unread") from None
    if phonenumbers.is_valid_number(number):
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    missing = SHORTEST - len(str(number.national_number))
    if missing > 0 or phonenumbers.is_possible_number_with_reason(number) == ValidationResult.TOO_SHORT:
        raise ValidationError(say_short(max(missing, 1)), code="phone_short")
    if phonenumbers.is_possible_number_with_reason(number) == ValidationResult.TOO_LONG:
        raise ValidationError(_("This number has too many digits. Example: %s") % EXAMPLE, code="phone_long")
    raise ValidationError(
        _("No phone in Cambodia has this number. Check the digits. Example: %s") % EXAMPLE, code="phone_unknown"
    )


def say_short(missing: int) -> str:
    """How many digits are missing, in words of the reader's language."""
    if missing == 1:
        return _("One digit short. Example: %s") % EXAMPLE
    return _("%(missing)s digits short. Example: %(example)s") % {
        "missing": to_digits(missing),
        "example": EXAMPLE,
    }


def find_phone(typed: str) -> str | None:
    """E.164 when the text is a phone number, else None."""
    if not any(letter.isdecimal() for letter in typed):
        return None
    try:
        return parse_phone(typed)
    except ValidationError:
        return None
