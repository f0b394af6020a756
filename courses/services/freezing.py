"""The quiz of a lesson as plain data, and kept for good once somebody has begun it."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from courses.blocks import list_sound
from courses.enums import QuestionKind
from courses.models import LessonPage, QuestionBankPage, QuizVersion

TEXTS = ("text", "hint", "explanation", "unit")
LISTS = {"choices": {"text": "text", "feedback": "feedback"}, "pairs": {"left": "text", "right": "pair"}}
Words = Mapping[str, Mapping[str, str]]  # by language, by `id/name`


@dataclass(frozen=True)
class PlainQuiz:
    """A quiz in the shape of `QuizVersion`: what is asked, how many of it, by which rules."""

    questions: list[dict[str, Any]]
    pass_mark: int = 0
    attempt_limit: int = 0
    wait_minutes: int = 0
    hide_answers: bool = False
    pools: dict[str, int] = field(default_factory=dict)


def read_quiz(lesson: LessonPage, twins: Iterable[LessonPage] = ()) -> PlainQuiz:
    """The quiz of this page. Right answers, kinds and rules are this page's; a twin adds words where its ids are the
    same. Questions that nobody can answer rightly are left out.
    """
    language = lesson.locale.language_code
    own = read_questions(language, {page.locale.language_code: page.questions for page in [*twins, lesson]})
    lent, pools = read_banks(lesson, language)
    seen = {question["id"] for question in own}
    return PlainQuiz(
        questions=own + [question for question in lent if question["id"] not in seen],
        pass_mark=lesson.pass_mark,
        attempt_limit=lesson.attempt_limit,
        wait_minutes=lesson.wait_minutes,
        hide_answers=lesson.hide_answers,
        pools=({"": lesson.draw} if lesson.draw else {}) | pools,
    )


def read_banks(lesson: LessonPage, language: str) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The questions of all live banks the lesson draws from, each once with its `pool`, and how many to draw.

    A bank is asked in the lesson's language where it is live in it, else in the other. One query, none without banks.
    """
    chosen = {child.id: child.value for child in lesson.questions if child.block_type == "bank"}
    keys = {key: value["bank"].translation_key for key, value in chosen.items() if value["bank"]}
    if not keys:
        return [], {}
    pages = QuestionBankPage.objects.live().filter(translation_key__in=keys.values()).select_related("locale")
    streams: dict[uuid.UUID, dict[str, Any]] = {}
    for page in pages:
        streams.setdefault(page.translation_key, {})[page.locale.language_code] = page.questions
    questions: dict[str, dict[str, Any]] = {}
    for key, bank in keys.items():
        spoken = streams.get(bank, {})
        for question in (
            read_questions(language if language in spoken else next(iter(spoken)), spoken) if spoken else ()
        ):
            questions.setdefault(question["id"], {**question, "pool": key})
    return list(questions.values()), {key: chosen[key]["count"] or 1 for key in keys}


def read_questions(language: str, streams: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sound questions of the stream in this language, with the words of all streams."""
    words = {code: _words_of(stream) for code, stream in streams.items()}
    return [read_question(child, words) for child in list_sound(streams[language])]


def find_twins(lesson: LessonPage) -> list[LessonPage]:
    """The live lesson in its other languages."""
    pages = LessonPage.objects.live().filter(translation_key=lesson.translation_key).exclude(pk=lesson.pk)
    return list(pages.select_related("locale"))


def freeze(lesson: LessonPage) -> QuizVersion:
    """The version of the live quiz in all its languages; equal content is the same row."""
    twins = find_twins(lesson)
    revisions = {page.locale.language_code: page.live_revision_id for page in [lesson, *twins]}
    return keep_version(lesson.translation_key, read_quiz(lesson, twins), revisions)


def keep_version(key: uuid.UUID, quiz: PlainQuiz, revisions: Mapping[str, int | None]) -> QuizVersion:
    """The row for this content, made when it is new."""
    columns = asdict(quiz)
    content = json.dumps(columns, sort_keys=True, ensure_ascii=False)
    version, _made = QuizVersion.objects.get_or_create(
        lesson_key=key,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        defaults={**columns, "revisions": dict(revisions)},
    )
    return version


def read_question(child: Any, words: Words) -> dict[str, Any]:
    """One question of a stream, in the shape of `QuizVersion.questions`."""
    value, kind = child.value, child.block_type
    texts = {name: _say(words, child.id, name) for name in TEXTS if name != "unit" or kind == QuestionKind.NUMBER}
    question = {"id": child.id, "kind": kind, **texts, "choices": _read_choices(value, words)}
    if kind == QuestionKind.NUMBER:
        return {**question, "answer": _plain(value["answer"]), "tolerance": _plain(value["tolerance"])}
    if kind == QuestionKind.SHORT:
        return {**question, "accepted": [_say(words, item.id, "text") for item in value["accepted"].bound_blocks]}
    return question


def _read_choices(value: Any, words: Words) -> list[dict[str, Any]]:
    if "pairs" in value:
        return [
            {
                "id": item.id,
                "right": True,
                "text": _say(words, item.id, "text"),
                "feedback": {},
                "pair_id": _pair_id(item.id),
                "pair": _say(words, item.id, "pair"),
            }
            for item in value["pairs"].bound_blocks
        ]
    return [
        {
            "id": item.id,
            "right": bool(item.value.get("right")),
            **{name: _say(words, item.id, name) for name in ("text", "feedback")},
        }
        for item in (value["choices"].bound_blocks if "choices" in value else ())
    ]


def _words_of(stream: Any) -> dict[str, str]:
    """Every text of a quiz by `block id/name`."""
    words = {}
    for child in stream:
        words.update({f"{child.id}/{name}": child.value.get(name) or "" for name in TEXTS})
        for part, names in LISTS.items():
            for item in child.value[part].bound_blocks if part in child.value else ():
                words.update({f"{item.id}/{to}": item.value.get(name) or "" for name, to in names.items()})
        for item in child.value["accepted"].bound_blocks if "accepted" in child.value else ():
            words[f"{item.id}/text"] = item.value or ""
    return words


def _say(words: Words, owner: str, name: str) -> dict[str, str]:
    """One text in each language that has it."""
    return {code: texts[f"{owner}/{name}"] for code, texts in words.items() if f"{owner}/{name}" in texts}


def _pair_id(item_id: str) -> str:
    """The id of a pair's right side: another one than the left side's, or the page would tell which belong together."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{item_id}/pair"))


def _plain(number: Decimal | None) -> str:
    """`32000000` for 3.2E+7."""
    return format((number or Decimal(0)).normalize(), "f")
