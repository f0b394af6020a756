"""Marking, on the server alone, by choice ids. Takes a question as `QuizVersion` keeps it."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from courses.enums import QuestionKind

Question = Mapping[str, Any]


class BadAnswerError(ValueError):
    """The answer does not fit the question: unknown choices, or not as many as it asks for."""


def mark(question: Question, choices: Sequence[str]) -> bool:
    """Whether this answer is right. Raises BadAnswerError for one that nobody could give on the page."""
    check_answer(question, choices)
    if question["kind"] == QuestionKind.ORDER:
        return list(choices) == [choice["id"] for choice in question["choices"]]
    return set(choices) == {choice["id"] for choice in question["choices"] if choice["right"]}


def check_answer(question: Question, choices: Sequence[str]) -> None:
    """Raises BadAnswerError unless the choices are this question's own, each once, in the number its kind asks for."""
    known = {choice["id"] for choice in question["choices"]}
    wanted = {
        QuestionKind.SINGLE: range(1, 2),
        QuestionKind.SEVERAL: range(1, len(known) + 1),
        QuestionKind.ORDER: range(len(known), len(known) + 1),
    }[QuestionKind(question["kind"])]
    if len(set(choices)) != len(choices) or not set(choices) <= known or len(choices) not in wanted:
        raise BadAnswerError(question["id"])


def mix(question: Question) -> list[Mapping[str, Any]]:
    """The choices of an `order` question, mixed the same way each time and never already right."""
    right = list(question["choices"])
    mixed = sorted(right, key=lambda choice: hashlib.sha256(choice["id"].encode()).digest())
    return mixed if mixed != right else [*mixed[1:], mixed[0]]


def is_passed(score: int, total: int, pass_mark: int) -> bool:
    """Whether so many right answers reach the pass mark (per cent)."""
    return total > 0 and score * 100 >= pass_mark * total
