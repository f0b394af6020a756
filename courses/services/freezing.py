"""The quiz of a lesson as plain data, and kept for good once somebody has begun it."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from courses.models import LessonPage, QuizVersion

TEXTS = ("text", "hint", "explanation")


def read_questions(lesson: LessonPage, twins: Iterable[LessonPage] = ()) -> list[dict[str, Any]]:
    """The questions of this page, in the shape of `QuizVersion.questions`; twins add words in their languages.

    Right answers, kinds and order are this page's; a twin's words count where its ids are the same.
    """
    pages = [lesson, *twins]
    words = {page.locale.language_code: _words_of(page) for page in pages}
    return [_read_question(block, words) for block in lesson.questions]


def freeze(lesson: LessonPage) -> QuizVersion:
    """The version of the live quiz in all its languages; equal content is the same row."""
    twins = list(
        LessonPage.objects.live()
        .filter(translation_key=lesson.translation_key)
        .exclude(pk=lesson.pk)
        .select_related("locale")
    )
    questions = read_questions(lesson, twins)
    content = json.dumps([lesson.pass_mark, questions], sort_keys=True, ensure_ascii=False)
    version, _made = QuizVersion.objects.get_or_create(
        lesson_key=lesson.translation_key,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        defaults={
            "pass_mark": lesson.pass_mark,
            "questions": questions,
            "revisions": {page.locale.language_code: page.live_revision_id for page in [lesson, *twins]},
        },
    )
    return version


def _words_of(page: LessonPage) -> dict[str, str]:
    """Every text of a quiz by `block id/name`."""
    words = {}
    for block in page.questions:
        words.update({f"{block.id}/{name}": block.value.get(name) or "" for name in TEXTS})
        for item in block.value["choices"].bound_blocks:
            for name in ("text", "feedback"):
                words[f"{item.id}/{name}"] = item.value.get(name) or ""
    return words


def _read_question(block: Any, words: dict[str, dict[str, str]]) -> dict[str, Any]:
    def each_language(owner: str, name: str) -> dict[str, str]:
        return {code: texts[f"{owner}/{name}"] for code, texts in words.items() if f"{owner}/{name}" in texts}

    choices = [
        {
            "id": item.id,
            "right": bool(item.value.get("right")),
            **{name: each_language(item.id, name) for name in ("text", "feedback")},
        }
        for item in block.value["choices"].bound_blocks
    ]
    texts = {name: each_language(block.id, name) for name in TEXTS}
    return {"id": block.id, "kind": block.block_type, **texts, "choices": choices}
