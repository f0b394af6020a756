"""Is it easy to read? Hints for authors: long sentences, long paragraphs, abbreviations that nobody explained."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ui.words import to_digits

ENGLISH_WORDS = 25  # of one sentence; a reader on a phone has forgotten the beginning after more
KHMER_LETTERS = 120  # as typed; with at least KHMER_WORDS words, so that one long name is no long sentence
KHMER_WORDS = 25
PARAGRAPH_WORDS = 80
PARAGRAPH_LETTERS = 350
SHOWN_WORDS = 6

LETTER = re.compile("[\u1780-\u17d1]")
SENTENCE_END = re.compile("(?<=[។៕?!])|(?<=[.])\\s|\n")
BLANK = re.compile(r"\n\s*\n")
ABBREVIATION = re.compile(r"(?<![\w=(/.-])[A-Z]{2,6}(?![\w(./@-])")
# What stands on every telephone or keyboard, or is the name of a key, a function or a kind of file.
# fmt: off
KNOWN = frozenset([
    "OK", "PDF", "SMS", "USB", "QR", "TV", "ID", "PIN", "SIM", "CD", "PC", "WIFI", "GPS", "URL", "KB", "MB", "GB",
    "AM", "PM", "NGO", "CAPS", "ALT", "CTRL", "ESC", "SUM", "IF", "MAX", "MIN", "AVERAGE", "COUNT", "ROUND", "TRUE",
    "FALSE", "CSV", "DOCX", "XLSX", "ODT", "ODS",
])
# fmt: on


@dataclass(frozen=True)
class Hint:
    """One sentence for the author, in the language of their admin."""

    text: str


def read_through(text: str, *, is_spoken: bool = False) -> Iterator[Hint]:
    """Hints about sentences and paragraphs. What somebody says in a sound or a video is not judged by paragraph."""
    for paragraph in BLANK.split(text.replace("\r\n", "\n")):
        if not is_spoken and is_long_paragraph(paragraph):
            yield Hint(_("A long paragraph. Begin a new one with each new thought."))
        for sentence in SENTENCE_END.split(paragraph):
            yield from _judge(sentence.strip().replace("**", ""))


def _judge(sentence: str) -> Iterator[Hint]:
    if LETTER.search(sentence):
        yield from _judge_khmer(sentence)
        return
    words = sentence.split()
    if len(words) > ENGLISH_WORDS:
        yield _say(len(words), " ".join(words[:SHOWN_WORDS]))


def _judge_khmer(sentence: str) -> Iterator[Hint]:
    if count_letters(sentence) <= KHMER_LETTERS:
        return
    words = cut_khmer(sentence)
    if len(words) > KHMER_WORDS:
        yield _say(len(words), "".join(words[:SHOWN_WORDS]))


def _say(count: int, begin: str) -> Hint:
    said = _("A sentence of %(count)s words: “%(begin)s…”. Make two of it.")
    return Hint(said % {"count": to_digits(count), "begin": begin})


def is_long_paragraph(paragraph: str) -> bool:
    if LETTER.search(paragraph):
        return count_letters(paragraph) > PARAGRAPH_LETTERS
    return len(paragraph.split()) > PARAGRAPH_WORDS


def count_letters(text: str) -> int:
    """Khmer consonants, vowels and signs as typed; a stacked letter is one."""
    return len(LETTER.findall(text))


def cut_khmer(text: str) -> list[str]:
    """The words of a Khmer text; spaces and marks are none."""
    from khmercut import tokenize  # loads its model, which most processes never need

    return [word for word in tokenize(text) if any(letter.isalnum() for letter in word)]


def find_unexplained(texts: list[str]) -> list[str]:
    """Latin abbreviations that no text of the page explains, in their order.

    Explained is what stands in brackets after its long form, `Investment Programme (CIP)`, what is followed by
    brackets, `CIP (…)`, or begins a text of its own as a key term does.
    """
    whole = "\n".join(texts)
    found = dict.fromkeys(ABBREVIATION.findall(whole))
    return [word for word in found if word not in KNOWN and not _is_explained(word, texts, whole)]


def _is_explained(word: str, texts: list[str], whole: str) -> bool:
    return bool(re.search(rf"[(（]\s*{word}\s*[)）]|\b{word}\s*[(（]", whole)) or any(
        text.strip() == word for text in texts
    )
