"""One Khmer normaliser for search, duplicate checks and name comparison.

Identical-looking Khmer is often coded differently: the gazetteer alone writes កណ្តាល with coeng-ta
and កណ្ដាល with coeng-da. Store what the person typed; keep `normalise(text)` beside it and compare only that.
"""

import re
import unicodedata

INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
DIGITS = {0x17E0 + digit: str(digit) for digit in range(10)}
CONTROLS = dict.fromkeys(code for code in range(0x20) if not chr(code).isspace())  # a database refuses NUL
TABLE = str.maketrans({**INVISIBLE, **CONTROLS, **DIGITS})
SAME_LOOK = (("\u17d2\u178a", "\u17d2\u178f"), ("\u17c1\u17b8", "\u17be"), ("\u17c1\u17b6", "\u17c4"))

# Sources spell one Khmer sound in many Latin ways: Poipet and Paoy Paet, Kompong and Kampong, Battambang and
# Bat Dambang. Consonants lose voice and breath; vowels fall into a front class (e) and a back class (o).
SOUNDS = (
    (re.compile(r"[^a-z]+"), ""),
    (re.compile(r"(?<=[bcdgjkpst])h"), ""),
    (re.compile(r"[aeiouy]*[eiy][aeiouy]*"), "e"),
    (re.compile(r"[aou]+"), "o"),
    (re.compile(r"[bp]+"), "p"),
    (re.compile(r"[dt]+"), "t"),
    (re.compile(r"[ckgjq]+"), "k"),
    (re.compile(r"[vw]+"), "w"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def normalise(text: str) -> str:
    """NFC, nothing invisible, one code for one look, Western digits, lower case, single spaces."""
    text = unicodedata.normalize("NFD", text.translate(TABLE)).casefold()
    text = unicodedata.normalize("NFC", text)
    for typed, canonical in SAME_LOOK:
        text = text.replace(typed, canonical)
    return " ".join(text.split())


def sound_of(text: str) -> str:
    """A rough key of how a Latin spelling sounds; empty where the text has no Latin letters."""
    key = unicodedata.normalize("NFD", text).casefold()
    key = "".join(letter for letter in key if not unicodedata.combining(letter))
    for pattern, sound in SOUNDS:
        key = pattern.sub(sound, key)
    return key
