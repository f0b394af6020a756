"""Numbers, sizes, phones and names as the reader's language writes them; the template filters wrap these functions."""

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal

from django.conf import settings
from django.utils.translation import get_language, override

THIN_GAP = "\u202f"  # narrow and unbreakable: "6 410" stays on one line
_TO_KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_TO_WESTERN = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")

# One written unit of Khmer: a base letter, the letters stacked under it (coeng + letter), its vowels and signs.
_KHMER_UNIT = re.compile("[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17dd\u200b-\u200d])*")


def in_khmer() -> bool:
    """Whether the page is being written in Khmer."""
    return (get_language() or "km").startswith("km")


def in_both(say: Callable[[], object]) -> dict[str, str]:
    """What this says in each language, for somebody who may read either."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = str(say())
    return said


def to_digits(value: object) -> str:
    """Khmer digits on Khmer pages, Western digits elsewhere; everything else stays as it is."""
    text = str(value)
    return text.translate(_TO_KHMER if in_khmer() else _TO_WESTERN)


def to_western(text: str) -> str:
    """What was typed in either script, with Western digits."""
    return text.translate(_TO_WESTERN)


def to_number(value: float | Decimal | str) -> str:
    """Thousands with a thin gap; decimals after a comma in Khmer, a point in English. `6410.5` -> "៦ ៤១០,៥"."""
    text = str(value)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, part = text.partition(".")
    gapped = f"{int(whole):,}".replace(",", THIN_GAP)
    return to_digits(sign + gapped + ((("," if in_khmer() else ".") + part) if part else ""))


def to_bytes(size: int) -> str:
    """A file's size, Western digits in both languages: "512 B", "18 KB", "6.8 MB" ("6,8 MB" in Khmer)."""
    if size < 1000:
        return f"{size} B"
    if size < 999_500:
        return f"{round(size / 1000)} KB"
    number = f"{size / 1_000_000:.1f}".removesuffix(".0")
    return f"{number.replace('.', ',') if in_khmer() else number} MB"


def to_phone(value: str) -> str:
    """`+85512345678` -> "012 345 678". Numbers of other countries stay as they were stored."""
    national = "0" + value.removeprefix("+855") if value.startswith("+855") else value
    if not re.fullmatch(r"0\d{7,9}", national):
        return value
    return f"{national[:3]} {national[3:6]} {national[6:]}"


def to_initials(name: str) -> str:
    """First written unit of the first two words: "សុខ ដារ៉ា" -> "សុដា", "Sok Dara" -> "SD". Never half a stack."""
    units = []
    for word in name.split()[:2]:
        khmer = _KHMER_UNIT.match(word)
        units.append(khmer.group() if khmer else word[0].upper())
    return "".join(units)


def cut(text: str, longest: int) -> str:
    """At most `longest` characters, "…" after the last whole written unit when something is left out."""
    if len(text) <= longest:
        return text
    end = longest
    while end > 0 and (text[end - 1] == "\u17d2" or unicodedata.category(text[end]) in {"Mn", "Mc", "Me", "Cf"}):
        end -= 1
    space = text.rfind(" ", end - longest // 8, end)
    return f"{text[: space if space > 0 else end].rstrip()} …"
