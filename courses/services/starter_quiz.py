"""Quizzes and checks from the starter files to page fields. Ids come from the page's key and the position."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from courses.enums import QuestionKind
from ui.starter import StarterError, make_id, pick, to_list

Source = Mapping[str, Any]
Pick = Callable[[Any], str]
RULES = ("draw", "attempt_limit", "wait_minutes")


def to_quiz(source: Source | None, language: str, key: str) -> dict[str, Any]:
    """`questions` and rules of a lesson; a lesson without a quiz has no questions."""
    quiz = source or {"pass_mark": 60, "questions": []}
    return {
        "questions": to_questions(quiz["questions"], language, key),
        "pass_mark": quiz["pass_mark"],
        **{name: int(quiz.get(name) or 0) for name in RULES},
        "hide_answers": bool(quiz.get("hide_answers")),
    }


def to_checks(source: Source | None, language: str, key: str) -> dict[str, Any]:
    """`form_a` and `form_b` of a course; both empty where it has no checks."""
    checks = source or {}
    return {
        f"form_{form}": to_questions(checks.get(form) or [], language, f"{key}/checks/{form}") for form in ("a", "b")
    }


def to_questions(questions: Sequence[Source], language: str, key: str) -> list[dict[str, Any]]:
    """StreamField data of a quiz in one language; ids come from `key` and the position, so languages share them."""
    return [to_question(question, language, f"{key}/{number}") for number, question in enumerate(questions)]


def to_question(question: Source, language: str, key: str) -> dict[str, Any]:
    """One question as a stream child. Raises StarterError for an unknown kind, or for one that lacks a part."""
    kind = question.get("type")
    if kind not in CONVERTERS:
        raise StarterError(f"{key}: unknown question type {kind!r}")
    text = partial(pick, language=language)
    try:
        value = {name: text(question.get(name)) for name in ("text", "hint", "explanation")}
        value |= CONVERTERS[kind](question, text, key)
    except (KeyError, InvalidOperation) as error:
        raise StarterError(f"{key}: {kind} lacks {error}") from error
    return {"type": kind, "value": value, "id": str(make_id(key))}


def _choices(question: Source, text: Pick, key: str) -> dict[str, Any]:
    choices = [
        {
            "text": text(choice["text"]),
            "right": bool(choice.get("right")),
            "feedback": text(choice.get("feedback")),
        }
        for choice in question["choices"]
    ]
    return {"choices": to_list(choices, key)}


def _steps(question: Source, text: Pick, key: str) -> dict[str, Any]:
    return {"choices": to_list([{"text": text(choice["text"])} for choice in question["choices"]], key)}


def _number(question: Source, text: Pick, key: str) -> dict[str, Any]:
    return {
        "answer": str(Decimal(str(question["answer"]))),
        "tolerance": str(Decimal(str(question.get("tolerance") or 0))),
        "unit": text(question.get("unit")),
    }


def _short(question: Source, text: Pick, key: str) -> dict[str, Any]:
    return {"accepted": to_list([text(form) for form in question["accepted"]], key)}


def _match(question: Source, text: Pick, key: str) -> dict[str, Any]:
    pairs = [{side: text(pair[side]) for side in ("left", "right")} for pair in question["pairs"]]
    return {"pairs": to_list(pairs, key)}


CONVERTERS: dict[str, Callable[[Source, Pick, str], dict[str, Any]]] = {
    QuestionKind.SINGLE: _choices,
    QuestionKind.SEVERAL: _choices,
    QuestionKind.ORDER: _steps,
    QuestionKind.NUMBER: _number,
    QuestionKind.SHORT: _short,
    QuestionKind.MATCH: _match,
}
