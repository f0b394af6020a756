"""What a reader sees of a post as plain words, and the piece of it around what was searched for.

Words are compared in `places.khmer.normalise`d form and shown as they were written. No Khmer stack is ever cut in two.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from places.khmer import normalise

BLOCK = re.compile(r"<(?:/?(?:p|li|ul|ol|h\d|blockquote|pre|div)|br|hr)[^>]*>")
TAG = re.compile(r"<[^>]+>")
# One written unit: a Khmer letter with what stands under, over and beside it, or any letter with its marks.
UNIT = re.compile(
    "[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3]|[\u17b4-\u17d1\u17dd])*[\u200b-\u200d]*"
    "|.[\u0300-\u036f\u17b4-\u17d3\u17dd\u200b-\u200d]*",
    re.DOTALL,
)
ENDS = " \n\u200b\u17d4\u17d5"  # where a Khmer or English phrase may be cut
BEFORE, AFTER, SLACK = 16, 60, 12  # written units around the first hit, and how far a better cut may be


@dataclass(frozen=True)
class Piece:
    """A run of an excerpt; `is_hit` where it is what was searched for."""

    text: str
    is_hit: bool


def to_plain(source: str) -> str:
    """The words of rendered HTML, as a reader sees them; a block begins on a line of its own."""
    return html.unescape(TAG.sub("", BLOCK.sub("\n", source))).strip()


@lru_cache(maxsize=4096)
def _compare(unit: str) -> str:
    return " " if unit.isspace() else normalise(unit)


def make_excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """The piece of `text` around the first of the normalised `words`, with every hit in it marked. Without a hit it is
    the beginning.
    """
    units: list[str] = UNIT.findall(text)
    flat, owners = _flatten(units)
    hits: set[int] = set()
    for word in words:
        at = flat.find(word)
        while word and at >= 0:
            hits.update(range(owners[at], owners[at + len(word) - 1] + 1))
            at = flat.find(word, at + len(word))
    first = min(hits, default=0)
    start, end = _find_start(units, first), _find_end(units, first)
    return _join(units, hits, start, end)


def _flatten(units: list[str]) -> tuple[str, list[int]]:
    """The comparable text, and for each of its letters which unit it comes from."""
    letters: list[str] = []
    owners: list[int] = []
    for index, unit in enumerate(units):
        form = _compare(unit)
        if form == " " and letters and letters[-1] == " ":
            continue
        letters.extend(form)
        owners.extend([index] * len(form))
    return "".join(letters), owners


def _find_start(units: list[str], first: int) -> int:
    wanted = max(0, first - BEFORE)
    if not wanted:
        return 0
    cuts = [place for place in range(wanted, min(wanted + SLACK, first)) if units[place - 1][-1] in ENDS]
    return cuts[0] if cuts else wanted


def _find_end(units: list[str], first: int) -> int:
    wanted = min(len(units), first + AFTER)
    if wanted == len(units):
        return wanted
    cuts = [place for place in range(wanted, wanted - SLACK, -1) if units[place - 1][-1] in ENDS]
    return cuts[0] if cuts else wanted


def _join(units: list[str], hits: set[int], start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = [Piece("… ", is_hit=False)] if start else []
    run: list[str] = []
    for index in range(start, end):
        run.append(units[index])
        if index + 1 == end or (index in hits) != (index + 1 in hits):
            pieces.append(Piece("".join(run), is_hit=index in hits))
            run = []
    return [*pieces, Piece(" …", is_hit=False)] if end < len(units) else pieces
