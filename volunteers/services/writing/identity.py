"""Finds what people write of themselves that the first choice must not know: name, village, sex."""

import re

from accounts.models import User
from places.khmer import normalise


def _khmer(*words: str) -> str:
    return "|".join(re.escape(normalise(word)) for word in words)


SEX = re.compile(
    r"\b(?:i am|i'm|i’m|as) an? (?:\w+ )?(?:girl|boy|woman|man|female|male|lady|mother|father)\b|"
    + _khmer(
        "ខ្ញុំជាស្រី", "ខ្ញុំជាស្ត្រី", "ខ្ញុំជានារី", "ខ្ញុំជាក្មេងស្រី", "ខ្ញុំជាមនុស្សស្រី", "ខ្ញុំជាយុវតី", "នាងខ្ញុំ",
        "ខ្ញុំជាប្រុស", "ខ្ញុំជាបុរស", "ខ្ញុំជាក្មេងប្រុស", "ខ្ញុំជាមនុស្សប្រុស", "ខ្ញុំបាទ",
    )
)  # fmt: skip
VILLAGE = "ភូមិ"


def has_sex(text: str) -> bool:
    return bool(SEX.search(normalise(text)))


def find_own_words(text: str, person: User) -> bool:
    """The full name as written with and without a space, in both scripts (single names are everyday words), the name
    of the account, and the village at home.
    """
    plain = normalise(text)
    return any(word in plain for word in _list_names(person)) or any(word in plain for word in _list_villages(person))


def _list_names(person: User) -> list[str]:
    pairs = (
        (person.family_name_km, person.given_name_km),
        (person.family_name_latin, person.given_name_latin),
        (person.given_name_latin, person.family_name_latin),
    )
    names = [normalise(joint.join(pair)) for pair in pairs if all(pair) for joint in (" ", "")]
    return [*names, *([normalise(person.username)] if len(person.username) > 5 else [])]


def _list_villages(person: User) -> list[str]:
    village = person.home_village
    if village is None:
        return []
    latin = normalise(village.name_en)
    words = [normalise(f"{VILLAGE}{joint}{village.name_km}") for joint in ("", " ")]
    return [*words, *((f"{latin} village", f"village of {latin}", f"village {latin}") if latin else ())]
