"""One Khmer normaliser for search, duplicate checks and name comparison.

Identical-looking Khmer is often coded differently: the gazetteer alone writes កណ្តាល with coeng-ta and កណ្ដាល with
coeng-da. Store what the person typed; keep `normalise(text)` beside it and compare only that.
"""

import unicodedata

INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
DIGITS = {0x17E0 + digit: str(digit) for digit in range(10)}
TABLE = str.maketrans({**INVISIBLE, **DIGITS})
SAME_LOOK = (("\u17d2\u178a", "\u17d2\u178f"), ("\u17c1\u17b8", "\u17be"), ("\u17c1\u17b6", "\u17c4"))


def normalise(text: str) -> str:
    """The comparable form: NFC, no invisible characters, one code for one look, Western digits, lower case, single spaces."""
    text = unicodedata.normalize("NFC", text).translate(TABLE)
    for typed, canonical in SAME_LOOK:
        text = text.replace(typed, canonical)
    return " ".join(text.casefold().split())
