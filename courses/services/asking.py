"""What the quiz of a lesson asks a learner, for programs that keep it until there is a network."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from courses.models import Attempt, LessonPage, QuizVersion
from courses.querysets import Learner
from courses.services.drawing import draw
from courses.services.freezing import PlainQuiz, find_twins, read_quiz
from courses.services.standing import Standing, read_standing


@dataclass(frozen=True)
class AskedQuiz:
    """`questions` as `QuizVersion` has them, right answers included: what is told of them is the reader's to choose.

    `attempt_id` is the one to send answers with, `answered` the ids of the questions that have one.
    """

    attempt_id: uuid.UUID
    questions: Sequence[Mapping[str, Any]]
    rules: PlainQuiz | QuizVersion
    standing: Standing
    answered: set[str] = field(default_factory=set)


def read_asked_quiz(learner: Learner, lesson: LessonPage, *, attempt_id: uuid.UUID) -> AskedQuiz:
    """The learner's attempt with this id, else the open one, else what a new one with this id would ask."""
    standing = read_standing(learner, lesson)
    attempt = _find_attempt(learner, lesson, attempt_id)
    if attempt is not None:
        answered = {str(key) for key in attempt.answers.values_list("question_id", flat=True)}
        return AskedQuiz(attempt.client_id, attempt.questions, attempt.version, standing, answered)
    quiz = read_quiz(lesson, find_twins(lesson))
    drawn = draw(quiz.questions, quiz.pools, str(attempt_id))
    questions = [question for question in quiz.questions if not drawn or question["id"] in drawn]
    return AskedQuiz(attempt_id, questions, quiz, standing)


def _find_attempt(learner: Learner, lesson: LessonPage, attempt_id: uuid.UUID) -> Attempt | None:
    if not learner.is_known:
        return None
    mine = Attempt.objects.of(learner).of_quizzes().filter(lesson_key=lesson.translation_key).select_related("version")
    return mine.filter(client_id=attempt_id).first() or mine.open().first()
