"""Marking, on the server alone, by choice ids or by what was typed. Takes a question as `QuizVersion` keeps it."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from courses.enums import QuestionKind
from courses.services.typed import LONGEST, read_numbers, to_key

Question = Mapping[str, Any]
TYPED = frozenset({QuestionKind.NUMBER, QuestionKind.SHORT})


class BadAnswerError(ValueError):
    """The answer does not fit the question: unknown choices, not as many as it asks for, or no number."""


def mark(question: Question, choices: Sequence[str], text: str = "") -> bool:
    """Whether this answer is right. Raises BadAnswerError for one that nobody could give on the page."""
    check_answer(question, choices, text)
    kind = question["kind"]
    if kind == QuestionKind.NUMBER:
        wanted, tolerance = Decimal(question["answer"]), Decimal(question["tolerance"])
        return any(abs(number - wanted) <= tolerance for number in _numbers(question, text))
    if kind == QuestionKind.SHORT:
        return to_key(text) in {to_key(form) for words in question["accepted"] for form in words.values()} - {""}
    if kind in (QuestionKind.ORDER, QuestionKind.MATCH):
        return list(choices) == list_places(question)
    return set(choices) == {choice["id"] for choice in question["choices"] if choice["right"]}


def check_answer(question: Question, choices: Sequence[str], text: str = "") -> None:
    """Raises BadAnswerError unless the choices are this question's own, each once, in the number its kind asks for;
    for typed kinds, unless something readable was typed.
    """
    kind = QuestionKind(question["kind"])
    if kind in TYPED:
        readable = _numbers(question, text) if kind == QuestionKind.NUMBER else to_key(text)
        if choices or not readable or len(text) > LONGEST:
            raise BadAnswerError(question["id"])
        return
    known = set(list_places(question))
    wanted = {QuestionKind.SINGLE: range(1, 2), QuestionKind.SEVERAL: range(1, len(known) + 1)}.get(
        kind, range(len(known), len(known) + 1)
    )
    if text or len(set(choices)) != len(choices) or not set(choices) <= known or len(choices) not in wanted:
        raise BadAnswerError(question["id"])


def list_places(question: Question) -> list[str]:
    """The ids an answer is made of, in the right order: of right sides for `match`, of choices otherwise."""
    name = "pair_id" if question["kind"] == QuestionKind.MATCH else "id"
    return [choice[name] for choice in question["choices"]]


def mix(question: Question) -> list[Mapping[str, Any]]:
    """The choices of an `order` question, or of a `match` question by their right sides: mixed the same way each time
    and never already right.
    """
    right = list(question["choices"])
    name = "pair_id" if question["kind"] == QuestionKind.MATCH else "id"
    mixed = sorted(right, key=lambda choice: hashlib.sha256(choice[name].encode()).digest())
    return mixed if mixed != right else [*mixed[1:], mixed[0]]


def is_passed(score: int, total: int, pass_mark: int) -> bool:
    """Whether so many right answers reach the pass mark (per cent)."""
    return total > 0 and score * 100 >= pass_mark * total


def _numbers(question: Question, text: str) -> list[Decimal]:
    return read_numbers(text, question["unit"].values()) if len(text) <= LONGEST else []
