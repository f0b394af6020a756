"""What changed between two texts, in pieces that people can read.

Khmer has no spaces between words, so its unit is the written syllable: a letter with all that stands on and under it,
never half of one. Short stretches that happen to be equal between two changes go with the changes: a changed word is
shown whole, not as confetti.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

UNIT = re.compile(
    "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17dd\u200b-\u200d])*"  # a Khmer syllable
    "|[^\\W\u1780-\u17ff]+"  # a word or number of other scripts
    "|\\s+|.",
    re.DOTALL,
)
LINE = re.compile(r"[^\n]*\n|[^\n]+$")
SHORT = 4  # equal letters between two changes do not stand alone when they are fewer
MOST = 2_000_000  # pairs of units; longer texts are compared by lines
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Piece:
    """A stretch of text: "same" in both, "gone" since the first, "new" in the second."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Piece]:
    """Both texts in one line of pieces: without the new ones the first, without the gone ones the second."""
    old, new = UNIT.findall(before), UNIT.findall(after)
    start = _count_same(old, new)
    end = _count_same(old[start:][::-1], new[start:][::-1])
    head, tail = old[:start], old[len(old) - end :]
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) * len(new) > MOST:
        old, new = LINE.findall("".join(old)), LINE.findall("".join(new))
    pieces = [Piece(SAME, "".join(head)), *_name(_join(_match(old, new))), Piece(SAME, "".join(tail))]
    return [piece for piece in pieces if piece.text]


def _count_same(old: Sequence[str], new: Sequence[str]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _match(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str], bool]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield old[a:b], new[c:d], tag == "equal"


def _join(steps: Iterator[tuple[list[str], list[str], bool]]) -> list[tuple[list[str], list[str], bool]]:
    """A short equal step between two changes becomes part of one change."""
    joined: list[tuple[list[str], list[str], bool]] = []
    for old, new, is_same in steps:
        if not is_same and len(joined) > 1 and joined[-1][2] and _is_short(joined[-1][0]):
            (first, second, _), (between, _, _) = joined[-2:]
            joined[-2:] = [(first + between + old, second + between + new, False)]
        else:
            joined.append((old, new, is_same))
    return joined


def _is_short(units: list[str]) -> bool:
    return len("".join("".join(units).split())) < SHORT


def _name(steps: list[tuple[list[str], list[str], bool]]) -> Iterator[Piece]:
    for old, new, is_same in steps:
        if is_same:
            yield Piece(SAME, "".join(old))
        else:
            yield Piece(GONE, "".join(old))
            yield Piece(NEW, "".join(new))
