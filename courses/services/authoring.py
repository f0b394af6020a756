"""What an author is told about a draft: what is missing, what weighs too much, what is hard to read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import CoursePage, LessonPage, QuestionBankPage
from courses.services.authoring_reading import LETTER, find_unexplained, read_through
from courses.services.authoring_size import PICTURE_MOST, BlockSize, CourseSize, PageSize, measure_course, measure_page
from courses.services.authoring_texts import SPOKEN, Piece, Text, list_pieces
from ui.words import to_bytes, to_digits

QUESTION_FIELDS = {"questions", "form_a", "form_b"}
WITH_FEEDBACK = {"single", "several"}
# A Khmer page may well say a name, a formula or a menu in English; a sentence has one of these.
ENGLISH = {
    "the",
    "a",
    "an",
    "of",
    "to",
    "and",
    "is",
    "are",
    "you",
    "your",
    "it",
    "for",
    "with",
    "not",
    "or",
    "in",
    "on",
}


@dataclass(frozen=True)
class Note:
    """One thing to look at. A warning keeps somebody from learning; a hint makes it easier."""

    text: str
    piece: Piece | None = None
    is_warning: bool = True


@dataclass(frozen=True)
class Review:
    """All that is said about one draft."""

    page: Any
    size: PageSize
    course: CourseSize
    notes: tuple[Note, ...]

    @property
    def warnings(self) -> list[Note]:
        return [note for note in self.notes if note.is_warning]

    @property
    def hints(self) -> list[Note]:
        return [note for note in self.notes if not note.is_warning]


def review_draft(page: LessonPage | CoursePage | QuestionBankPage, *, html: bytes, twin: Any = None) -> Review:
    """Look over a draft. `html`: the page as a reader would get it; `twin`: the draft in the other language."""
    pieces = list_pieces(page)
    size = measure_page(page, html, pieces)
    parent: Any = page if isinstance(page, CoursePage) else page.get_parent()
    course = measure_course(parent)
    notes = [
        *weigh_notes(size, course),
        *find_gaps(page, pieces),
        *find_untranslated(page.locale.language_code, pieces, list_pieces(twin) if twin else []),
        *find_hard_reading(pieces),
    ]
    return Review(page, size, course, tuple(notes))


def weigh_notes(size: PageSize, course: CourseSize) -> Iterator[Note]:
    """What is over its limit."""
    if size.is_heavy:
        text = _("The words alone make %(size)s; beyond 14 KB a slow phone waits twice. Make two lessons of it.")
        yield Note(text % {"size": to_bytes(size.first)})
    for block in size.blocks:
        for picture in block.heavy_pictures:
            text = _("This picture weighs %(size)s on a phone. At most %(most)s: cut it, or save it smaller.")
            yield Note(text % {"size": to_bytes(picture), "most": to_bytes(PICTURE_MOST)}, block.piece)
        if block.is_heavy_behind_tap:
            yield Note(_say_heavy(block), block.piece)
    if course.is_heavy:
        text = _("The whole course weighs %(size)s without videos. More than 5 MB is too much for a small data plan.")
        yield Note(text % {"size": to_bytes(course.carried)})


def _say_heavy(block: BlockSize) -> str:
    said = {
        "audio": _("This sound weighs %(size)s. 32 kbit/s are enough for speech; or make two of it."),
        "video": _("This video weighs %(size)s. Make it shorter, or save it with 360 lines and 300 kbit/s."),
    }
    other = _("This file weighs %(size)s. Many learners will not load it; save it smaller.")
    return said.get(block.piece.block.block_type, other) % {"size": to_bytes(block.tapped)}


def find_gaps(page: Any, pieces: list[Piece]) -> Iterator[Note]:
    """Words that somebody needs and nobody wrote; questions that nobody can answer."""
    for piece in pieces:
        if piece.field in QUESTION_FIELDS and piece.block.block_type != "bank":
            yield from check_question(piece, piece.block)
        elif piece.block is not None:
            yield from check_block(piece)
    if isinstance(page, LessonPage) and not page.questions:
        yield Note(_("No questions yet. Three at the end show learners what they know."), is_warning=False)


def check_block(piece: Piece) -> Iterator[Note]:
    kind, value = piece.block.block_type, piece.block.value
    if kind == "picture" and not (value["alt"] or "").strip():
        yield Note(_("Say in words what the picture shows: some readers do not see it."), piece)
    if kind == "picture" and not value["image"]:
        yield Note(_("The picture is gone. Choose another, or remove the block."), piece)
    if kind in {"audio", "video"} and not (value["transcript"] or "").strip():
        yield Note(_("The transcript is missing: some readers cannot hear it, others cannot pay for it."), piece)
    if kind == "bank" and not value["bank"]:
        yield Note(_("The question bank is gone. Choose another, or remove the block."), piece)
    if kind == "practice":
        for question in value["question"]:
            yield from check_question(piece, question)


def check_question(piece: Piece, question: Any) -> Iterator[Note]:
    value = question.value
    problem = question.block.find_problem(value)
    if problem:
        yield Note(_("This question is asked of nobody: %(problem)s") % {"problem": problem}, piece)
    if not (value["explanation"] or "").strip():
        yield Note(_("Say why the right answer is right."), piece)
    silent = count_silent(question)
    if silent:
        text = ngettext(
            "%(count)s wrong choice says nothing to who chose it. Explain kindly.",
            "%(count)s wrong choices say nothing to who chose them. Explain kindly.",
            silent,
        )
        yield Note(text % {"count": to_digits(silent)}, piece, is_warning=False)


def count_silent(question: Any) -> int:
    """Wrong choices without feedback; kinds without choices to tick have none."""
    if question.block_type not in WITH_FEEDBACK:
        return 0
    choices = question.value["choices"]
    return sum(not choice["right"] and not (choice["feedback"] or "").strip() for choice in choices)


def find_untranslated(language: str, pieces: list[Piece], twin: list[Piece]) -> Iterator[Note]:
    """Texts that the other language has and this one lacks, or has in that language's words. One note a piece."""
    theirs = {text.path: text.value.strip() for piece in twin for text in piece.texts}
    for piece in pieces:
        if any(theirs.get(text.path) and not text.value.strip() for text in piece.texts):
            yield Note(_("Empty here, but not in the other language."), piece)
        elif any(_is_left_over(language, text, theirs.get(text.path, "")) for text in piece.texts):
            yield Note(_("Still the words of the other language."), piece)


def _is_left_over(language: str, text: Text, other: str) -> bool:
    value = text.value.strip()
    is_khmer = bool(LETTER.search(value))
    is_english = not is_khmer and not ENGLISH.isdisjoint(value.lower().split())
    return value == other and (is_english if language == "km" else is_khmer)


def find_hard_reading(pieces: Iterable[Piece]) -> Iterator[Note]:
    """Hints only: an author may have a reason."""
    pieces = list(pieces)
    for piece in pieces:
        for text in piece.texts:
            for hint in read_through(text.value, is_spoken=text.name in SPOKEN):
                yield Note(hint.text, piece, is_warning=False)
    unexplained = find_unexplained([text.value for piece in pieces for text in piece.texts])
    if unexplained:
        said = _("Not explained anywhere on this page: %(words)s. Write it out once.")
        yield Note(said % {"words": ", ".join(unexplained)}, is_warning=False)
