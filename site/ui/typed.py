"""What people type, before it is kept: without characters that nobody sees or that turn what stands beside them."""

import re
import unicodedata

MOST_MARKS = 8  # marks on one letter: Khmer needs four at most, a stack of more is a prank

# Characters that reorder what stands beside them: an address or a name could be made to read backwards.
REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
INVISIBLE = "\u00ad\u115f\u1160\u180e\u200b-\u200d\u2060-\u2064\u3164\ufeff\uffa0"
UNSEEN = frozenset("\u00ad\u180e\u200c\u200d\u2060\ufeff")  # marks pile up across these
UNWANTED = re.compile(f"[{REORDERING}\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufff9-\ufffb\U000e0000-\U000e007f]")
INVISIBLE_RUN = re.compile(f"([{INVISIBLE}])[{INVISIBLE}]+")


def clean(text: str) -> str:
    """The text as it is kept: NFC, line ends as \\n, no control or reordering characters, no runs of invisible ones."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = INVISIBLE_RUN.sub(r"\1", UNWANTED.sub("", text))
    return re.sub(r"\n{4,}", "\n\n\n", text).strip()


def has_letters(text: str) -> bool:
    """Whether anything is left to read when spaces and invisible characters are gone."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in re.sub(f"[{INVISIBLE}]", "", text))


def is_overloaded(text: str) -> bool:
    """Whether some letter carries a tower of marks that would run over its neighbours; what nobody sees is no floor."""
    run = 0
    for character in text:
        if character in UNSEEN:
            continue
        run = run + 1 if unicodedata.category(character) in {"Mn", "Me", "Mc"} else 0
        if run > MOST_MARKS:
            return True
    return False
