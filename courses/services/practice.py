"""Practice: the questions of a quiz, one after another, until enough answers in a row are right. It never passes."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.enums import AttemptPurpose, AttemptStatus
from courses.models import Answer, Attempt, LessonPage
from courses.querysets import Learner
from courses.services.freezing import freeze
from courses.services.progress import get_course_key
from courses.services.quiz import QuestionGoneError, keep_answer, take_attempt

MASTERY = 3
Question = Mapping[str, Any]


class PracticeClosedError(RuntimeError):
    """The quiz hides its right answers and this learner has not passed it yet: practice would tell them."""


@transaction.atomic
def practise(
    learner: Learner,
    *,
    lesson: LessonPage,
    attempt_id: uuid.UUID,
    question_id: uuid.UUID,
    choices: Sequence[str] = (),
    text: str = "",
    client_id: uuid.UUID,
    happened_at: datetime | None = None,
) -> Answer:
    """Keep one answer of practice, beginning it with the first one. Mastery finishes it.

    Raises PracticeClosedError, QuestionGoneError, and BadAnswerError as `answer_question` does.
    """
    if not may_practise(learner, lesson):
        raise PracticeClosedError
    moment = happened_at or timezone.now()

    def make() -> dict[str, Any]:
        version = freeze(lesson)
        if str(question_id) not in {question["id"] for question in version.questions}:
            raise QuestionGoneError(question_id)
        return {"version": version, "revision_id": lesson.live_revision_id}

    attempt = take_attempt(
        learner,
        key=lesson.translation_key,
        course_key=get_course_key(lesson),
        purpose=AttemptPurpose.PRACTICE,
        attempt_id=attempt_id,
        happened_at=moment,
        make=make,
    )
    answer = keep_answer(
        attempt, question_id=question_id, choices=choices, text=text, client_id=client_id, happened_at=moment
    )
    if attempt.is_open:
        _close_when_mastered(attempt)
    return answer


def may_practise(learner: Learner, lesson: LessonPage) -> bool:
    """Always, but for a quiz that hides its answers: there after passing. No query for the others."""
    if not lesson.hide_answers:
        return True
    passed = Attempt.objects.of(learner).passed().filter(lesson_key=lesson.translation_key)
    return learner.is_known and passed.exists()


def count_needed(total: int) -> int:
    """How many right answers in a row are mastery; fewer where there are fewer questions."""
    return min(MASTERY, total)


def count_streak(answers: Sequence[Answer], total: int) -> int:
    """Right answers in a row up to the last one. The same question twice in a row counts once."""
    streak, before = 0, None
    for answer in answers:
        if not answer.is_right:
            streak = 0
        elif answer.question_id != before or total == 1:
            streak += 1
        before = answer.question_id
    return streak


def pick_next(questions: Sequence[Question], answers: Sequence[Answer], seed: uuid.UUID) -> str:
    """The id of the question to ask now: new ones first, then those last answered wrongly, then the longest ago.

    Never the last one again, where there is another.
    """
    last = {str(answer.question_id): (answer.is_right, index) for index, answer in enumerate(answers)}
    just_asked = str(answers[-1].question_id) if answers and len(questions) > 1 else ""

    def rank(key: str) -> tuple[bool, bool, int, bytes]:
        is_right, index = last.get(key, (False, -1))
        return key in last, is_right, index, hashlib.sha256(f"{seed}/{key}".encode()).digest()

    return min((str(question["id"]) for question in questions if question["id"] != just_asked), key=rank)


def _close_when_mastered(attempt: Attempt) -> None:
    streak = count_streak(list(attempt.answers.all()), attempt.total)
    if streak < count_needed(attempt.total):
        return
    attempt.score, attempt.status, attempt.finished_at = streak, AttemptStatus.FINISHED, timezone.now()
    attempt.save(update_fields=["score", "status", "finished_at"])
