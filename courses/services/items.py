"""How good the questions of a quiz are, from how learners answered them at their first attempt."""

import uuid
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import get_language

from courses.enums import AttemptPurpose, AttemptStatus
from courses.models import Answer, Attempt, Enrolment, QuizVersion
from courses.services.reports import in_scope

FEWEST = 20  # first attempts below which an index says nothing
HARD, EASY, WEAK = 30, 90, 0.2  # per cent right; a correlation below WEAK does not tell who knows the matter


@dataclass(frozen=True)
class ItemFigures:
    """One question. `difficulty`: per cent right (high is easy). `discrimination`: the correlation, from -1 to 1, of
    being right here with the score in the rest of the quiz; None where it cannot be said.
    """

    lesson_key: uuid.UUID
    question_id: uuid.UUID
    text: str
    answered: int
    right: int
    discrimination: float | None

    @property
    def difficulty(self) -> int:
        return self.right * 100 // self.answered if self.answered else 0

    @property
    def verdict(self) -> str:
        """`few`, `weak`, `hard`, `easy` or `good`: what the author should look at."""
        if self.answered < FEWEST:
            return "few"
        if self.discrimination is not None and self.discrimination < WEAK:
            return "weak"
        return "hard" if self.difficulty < HARD else "easy" if self.difficulty > EASY else "good"


def read_items(course_key: uuid.UUID, enrolments: "QuerySet[Enrolment]") -> list[ItemFigures]:
    """The questions of a course's quizzes, by lesson. Two queries."""
    answers = Answer.objects.filter(counts=True, attempt__in=_first_attempts(course_key, enrolments))
    score, right = F("attempt__score"), Q(is_right=True)
    rows = (
        answers.values("attempt__lesson_key", "question_id")
        .annotate(
            n=Count("pk"),
            right=Count("pk", filter=right),
            sum=Sum(score),
            squares=Sum(score * score),
            sum_right=Sum(score, filter=right),
        )
        .order_by()
    )
    texts = _read_texts({row["attempt__lesson_key"] for row in rows})
    return [
        ItemFigures(
            row["attempt__lesson_key"],
            row["question_id"],
            texts[str(row["question_id"])],
            row["n"],
            row["right"],
            correlate(row["n"], row["right"], row["sum"], row["squares"], row["sum_right"] or 0),
        )
        for row in rows
        if str(row["question_id"]) in texts
    ]


def correlate(n: int, right: int, total: int, squares: int, total_right: int) -> float | None:
    """The corrected item-total correlation (point-biserial with the item left out of the score).

    `total`, `squares`: sums over the attempts of the score and its square; `total_right`: of the score where right.
    """
    # The rest score is score - item: its sums follow from those of the score.
    rest = total - right
    rest_squares = squares - 2 * total_right + right
    rest_right = total_right - right
    spread = (n * right - right * right) * (n * rest_squares - rest * rest)
    return (n * rest_right - right * rest) / sqrt(spread) if spread > 0 else None


def _first_attempts(course_key: uuid.UUID, enrolments: "QuerySet[Enrolment]") -> "QuerySet[Attempt]":
    """Each learner's first finished run through each quiz: later ones know the answers."""
    closed = Attempt.objects.filter(course_key=course_key, status=AttemptStatus.FINISHED, purpose=AttemptPurpose.QUIZ)
    earlier = closed.filter(lesson_key=OuterRef("lesson_key"), pk__lt=OuterRef("pk"))
    again = Exists(earlier.filter(user=OuterRef("user"))) | Exists(earlier.filter(visitor=OuterRef("visitor")))
    return closed.filter(~again).filter(in_scope(enrolments))


def _read_texts(lesson_keys: set[Any]) -> dict[str, str]:
    """The latest words of each question in the reader's language, else in the other."""
    language = get_language() or "km"
    versions = QuizVersion.objects.filter(lesson_key__in=lesson_keys).order_by("pk").values_list("questions", flat=True)
    texts = {}
    for questions in versions:
        for question in questions:
            words = question["text"]
            texts[str(question["id"])] = words.get(language) or next(iter(words.values()), "")
    return texts
