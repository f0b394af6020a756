"""Reading what a learner typed: numbers in Khmer or Western digits, words and formulas."""

import re
from collections.abc import Iterable
from decimal import Decimal

from places.khmer import normalise

LONGEST = 200  # letters of a typed answer
SIGNS = "៛$€%"
NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<digits>\d[\d.,]*)")
DASHES = str.maketrans({"−": "-", "–": "-", "—": "-"})
QUOTES = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’", "'")})


def read_numbers(text: str, units: Iterable[str] = ()) -> list[Decimal]:
    """Every number that the text can mean; none when it is no number.

    `32 000 000`, `32,000,000`, `32.000.000` and `៣២ ០០០ ០០០ ៛` are one number. `1,500` may be 1500 or, with a decimal
    comma, 1.5: both are given, for a learner is not asked which convention they learnt.
    """
    plain = "".join(normalise(text[:LONGEST]).split()).translate(DASHES)
    for unit in sorted((normalise(unit).replace(" ", "") for unit in units), key=len, reverse=True):
        plain = plain.removesuffix(unit) if unit else plain
    found = NUMBER.fullmatch(plain.strip(SIGNS))
    if found is None:
        return []
    return [Decimal(f"{found['sign']}{digits}") for digits in dict.fromkeys(_readings(found["digits"]))]


def to_key(text: str) -> str:
    """What two answers in words are compared by: no spaces, no closing mark, one kind of quotes."""
    return "".join(normalise(text).translate(QUOTES).split()).rstrip("។.!?៕")


def _readings(digits: str) -> list[str]:
    """The digits with a decimal point or none, in each way their separators can be meant."""
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return [digits]
    whole, _, part = digits.rpartition(marks[-1])
    readings = []
    if _is_grouped(digits, marks[0]) and len(set(marks)) == 1:
        readings.append(digits.replace(marks[0], ""))
    if part and len(marks) == 1:
        readings.append(f"{whole}.{part}")
    elif part and marks.count(marks[-1]) == 1 and len(set(marks)) == 2 and _is_grouped(whole, marks[0]):
        readings.append(f"{whole.replace(marks[0], '')}.{part}")
    return readings


def _is_grouped(digits: str, mark: str) -> bool:
    """Thousands: `1,500` and `32,000,000`, but not `0,500` or `32,00`."""
    first, *groups = digits.split(mark)
    return 0 < len(first) <= 3 and first[0] != "0" and all(len(group) == 3 for group in groups)
