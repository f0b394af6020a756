import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from accounts.phones import find_phone, parse_phone


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("012345678", "+85512345678"),
        ("012 345 678", "+85512345678"),
        ("012-345-678", "+85512345678"),
        ("០១២ ៣៤៥ ៦៧៨", "+85512345678"),
        ("+855 12 345 678", "+85512345678"),
        ("85512345678", "+85512345678"),
        ("00855 12 345 678", "+85512345678"),
        ("+8550 12345678", "+85512345678"),
        ("097 234 5678", "+855972345678"),
        ("088\u200b1234567", "+855881234567"),
    ],
)
def test_all_ways_of_writing_one_number_are_one(typed: str, stored: str) -> None:
    assert parse_phone(typed) == stored


@pytest.mark.parametrize(
    ("typed", "code", "sentence"),
    [
        ("012 345 67", "phone_short", "One digit short. Example: 012 345 678"),
        ("012 345", "phone_short", "3 digits short. Example: 012 345 678"),
        ("012 345 678 901", "phone_long", "This number has too many digits. Example: 012 345 678"),
        ("hello", "phone_unread", "Type a phone number. Example: 012 345 678"),
        (
            "020 345 678",
            "phone_unknown",
            "No phone in Cambodia has this number. Check the digits. Example: 012 345 678",
        ),
    ],
)
def test_a_wrong_number_is_told_what_to_change(typed: str, code: str, sentence: str) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as error:
        parse_phone(typed)
    assert (error.value.code, error.value.message) == (code, sentence)


@pytest.mark.parametrize("text", ["", "dara", "សុខ", "dara2005", "12", "1.2.3", "t044362711", "012345678x"])
def test_a_name_is_no_phone(text: str) -> None:
    assert find_phone(text) is None
