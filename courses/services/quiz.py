"""Taking a quiz: begin, answer, finish. Everything may arrive twice, late, or from two tabs at once."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from courses.enums import AttemptPurpose, AttemptStatus
from courses.models import Answer, Attempt, LessonPage, QuizVersion
from courses.querysets import Learner
from courses.services.drawing import draw, make_seed
from courses.services.freezing import freeze
from courses.services.marking import is_passed, mark
from courses.services.progress import check_finished, complete_lesson, enrol, get_course_key
from courses.services.standing import NotNowError, read_standing

MOST_TRIES = 30  # answers to one question in one attempt; beyond it nothing more is written


class QuestionGoneError(LookupError):
    """The question is not in the quiz as it was frozen for this attempt."""


def find_attempt(
    learner: Learner,
    lesson_key: uuid.UUID,
    attempt_id: uuid.UUID | None = None,
    purpose: str = AttemptPurpose.QUIZ,
) -> Attempt | None:
    """This learner's attempt with that client id, else the open one, else the latest. At most one query."""
    if not learner.is_known:
        return None
    attempts = Attempt.objects.of(learner).filter(lesson_key=lesson_key, purpose=purpose).select_related("version")
    if attempt_id is not None:
        return attempts.filter(client_id=attempt_id).first()
    is_closed = Case(When(status=AttemptStatus.OPEN, then=Value(0)), default=Value(1))
    return attempts.order_by(is_closed, "-received_at", "-pk").first()


@transaction.atomic
def answer_question(
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
    """Record one answer, beginning the attempt when it is the first. The same `client_id` twice is one answer.
    `happened_at` comes with an answer that a phone kept; None: now.

    The first answer to a question counts, later ones are practice. The last question answered finishes the attempt.
    Raises QuestionGoneError, BadAnswerError for an answer that does not fit the question, and NotNowError where a new
    attempt would break the attempt limit or the wait.
    """
    moment = happened_at or timezone.now()
    attempt = begin_attempt(
        learner,
        lesson=lesson,
        attempt_id=attempt_id,
        question_id=question_id,
        happened_at=moment,
        was_kept=happened_at is not None,
    )
    answer = keep_answer(
        attempt, question_id=question_id, choices=choices, text=text, client_id=client_id, happened_at=moment
    )
    if attempt.is_open:
        _close_when_complete(learner, attempt, lesson)
    return answer


def keep_answer(
    attempt: Attempt,
    *,
    question_id: uuid.UUID,
    choices: Sequence[str],
    text: str,
    client_id: uuid.UUID,
    happened_at: datetime,
    is_blank: bool = False,
) -> Answer:
    """One answer into a locked attempt. `is_blank`: "I do not know yet" is an answer too, and not a right one."""
    question = attempt.find_question(str(question_id))
    if question is None:
        raise QuestionGoneError(question_id)
    known = Answer.objects.filter(attempt=attempt, client_id=client_id).first()
    if known is not None:
        return known
    is_right = False if is_blank else mark(question, choices, text)
    earlier = list(attempt.answers.filter(question_id=question_id))
    if len(earlier) >= (1 if attempt.hides_answers else MOST_TRIES):
        return earlier[-1]
    counts = not earlier and attempt.is_open and attempt.purpose != AttemptPurpose.PRACTICE
    return Answer.objects.create(
        attempt=attempt,
        question_id=question_id,
        choices=list(choices),
        text=text,
        is_right=is_right,
        counts=counts,
        client_id=uuid.uuid4() if Answer.objects.filter(client_id=client_id).exists() else client_id,
        happened_at=happened_at,
    )


def begin_attempt(
    learner: Learner,
    *,
    lesson: LessonPage,
    attempt_id: uuid.UUID,
    question_id: uuid.UUID,
    happened_at: datetime,
    was_kept: bool = False,
) -> Attempt:
    """The attempt to write into, locked: that one, else the open one, else a new one with the quiz frozen as it is.

    Raises NotNowError where a new one is not allowed, QuestionGoneError where it would not ask this question.
    """
    key = lesson.translation_key

    def make() -> dict[str, Any]:
        standing = read_standing(learner, lesson)
        if not standing.may_begin:
            raise NotNowError(standing)
        version = freeze(lesson)
        if str(question_id) not in {question["id"] for question in version.questions}:
            raise QuestionGoneError(question_id)
        taken = standing.taken
        seed = make_seed(learner, lesson_key=key, attempt_id=attempt_id, taken=taken, was_kept=was_kept)
        drawn = draw(version.questions, version.pools, seed, first=str(question_id))
        return {"version": version, "drawn": drawn, "revision_id": lesson.live_revision_id}

    return take_attempt(
        learner,
        key=key,
        course_key=get_course_key(lesson),
        purpose=AttemptPurpose.QUIZ,
        attempt_id=attempt_id,
        happened_at=happened_at,
        make=make,
    )


def take_attempt(
    learner: Learner,
    *,
    key: uuid.UUID,
    course_key: uuid.UUID,
    purpose: AttemptPurpose,
    attempt_id: uuid.UUID,
    happened_at: datetime,
    make: Callable[[], dict[str, Any]],
) -> Attempt:
    """The learner's attempt of this purpose, locked: by its client id, else the open one, else a new one with the
    columns that `make` gives (`version` among them).
    """
    mine = Attempt.objects.of(learner).filter(lesson_key=key, purpose=purpose).select_related("version")
    locked = mine.select_for_update(of=("self",))
    enrol(learner, course_key=course_key)  # its row is the lock, taken first by everybody: limits are counted in turn
    existing: Attempt | None = locked.filter(client_id=attempt_id).first() or locked.open().first()
    if existing is not None:
        return existing
    columns = make()
    version: QuizVersion = columns["version"]
    try:
        with transaction.atomic():
            made: Attempt = Attempt.objects.create(
                **learner.columns,
                **columns,
                course_key=course_key,
                lesson_key=key,
                purpose=purpose,
                total=len(columns.get("drawn") or version.questions),
                client_id=uuid.uuid4() if Attempt.objects.filter(client_id=attempt_id).exists() else attempt_id,
                happened_at=happened_at,
            )
            return made
    except IntegrityError:  # another tab began it in this very moment
        begun: Attempt = locked.exclude(status=AttemptStatus.SET_ASIDE).order_by("-pk")[:1].get()
        return begun


def close_attempt(attempt: Attempt, *, status: AttemptStatus) -> Attempt:
    """Count the right first answers and close. Questions without an answer count as not right; only a quiz passes."""
    attempt.score = attempt.answers.filter(counts=True, is_right=True).count()
    is_quiz = attempt.purpose == AttemptPurpose.QUIZ
    attempt.is_passed = is_quiz and is_passed(attempt.score, attempt.total, attempt.version.pass_mark)
    attempt.status = status
    attempt.finished_at = timezone.now()
    attempt.save(update_fields=["score", "is_passed", "status", "finished_at"])
    return attempt


def is_complete(attempt: Attempt) -> bool:
    """Whether every question asked has an answer that counts."""
    return attempt.answers.filter(counts=True).count() >= attempt.total


def _close_when_complete(learner: Learner, attempt: Attempt, lesson: LessonPage) -> None:
    if not is_complete(attempt):
        return
    close_attempt(attempt, status=AttemptStatus.FINISHED)
    if attempt.is_passed:
        complete_lesson(learner, lesson=lesson)
        check_finished(learner, course_keys=[attempt.course_key])
