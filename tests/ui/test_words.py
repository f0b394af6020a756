"""Numbers, sizes, phones and names in both languages."""

import pytest
from django.utils import translation

from ui import words


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("km", 2026, "២០២៦"),
        ("km", "មេរៀន 12", "មេរៀន ១២"),
        ("en", 2026, "2026"),
        ("en", "១២", "12"),
    ],
)
def test_digits_follow_the_page(language: str, value: object, expected: str) -> None:
    with translation.override(language):
        assert words.to_digits(value) == expected


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("km", 6410, "៦\u202f៤១០"),
        ("en", 6410, "6\u202f410"),
        ("km", 6410.5, "៦\u202f៤១០,៥"),
        ("en", 6410.5, "6\u202f410.5"),
        ("en", -1200, "-1\u202f200"),
        ("en", 999, "999"),
        ("km", -0.02, "-០,០២"),
    ],
)
def test_numbers_have_thin_gaps(language: str, value: float, expected: str) -> None:
    with translation.override(language):
        assert words.to_number(value) == expected


@pytest.mark.parametrize(
    ("language", "size", "expected"),
    [
        ("km", 6_800_000, "6,8 MB"),
        ("en", 6_800_000, "6.8 MB"),
        ("km", 2_000_000, "2 MB"),
        ("km", 18_400, "18 KB"),
        ("en", 512, "512 B"),
        ("en", 999_600, "1 MB"),
    ],
)
def test_sizes_keep_western_digits(language: str, size: int, expected: str) -> None:
    with translation.override(language):
        assert words.to_bytes(size) == expected


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+85512345678", "012 345 678"),
        ("+855971234567", "097 123 4567"),
        ("012345678", "012 345 678"),
        ("+6621234567", "+6621234567"),
        ("", ""),
    ],
)
def test_phones_are_grouped_as_spoken(stored: str, shown: str) -> None:
    assert words.to_phone(stored) == shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("សុខ ដារ៉ា", "សុដា"),
        ("ស្រី", "ស្រី"),
        ("ភ្ញៀវ ក្រុម ឃុំ", "ភ្ញៀក្រុ"),
        ("Sok dara", "SD"),
        ("Meas", "M"),
        ("", ""),
    ],
)
def test_initials_never_cut_a_khmer_stack(name: str, expected: str) -> None:
    assert words.to_initials(name) == expected
