"""Taking a quiz: begin, answer, finish. Everything may arrive twice, late, or from two tabs at once."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.enums import AttemptStatus
from courses.models import Answer, Attempt, LessonPage
from courses.querysets import Learner
from courses.services.freezing import freeze
from courses.services.marking import is_passed, mark
from courses.services.progress import check_finished, complete_lesson, enrol, get_course_key

MOST_TRIES = 30  # answers to one question in one attempt; beyond it nothing more is written


class QuestionGoneError(LookupError):
    """The question is not in the quiz as it was frozen for this attempt."""


def find_attempt(learner: Learner, lesson_key: uuid.UUID, attempt_id: uuid.UUID | None = None) -> Attempt | None:
    """This learner's attempt with that client id, else the open one, else the latest. At most one query."""
    if not learner.is_known:
        return None
    attempts = Attempt.objects.of(learner).filter(lesson_key=lesson_key).select_related("version")
    if attempt_id is not None:
        return attempts.filter(client_id=attempt_id).first()
    latest = sorted(attempts.order_by("-received_at", "-pk")[:2], key=lambda attempt: not attempt.is_open)
    return latest[0] if latest else None


@transaction.atomic
def answer_question(
    learner: Learner,
    *,
    lesson: LessonPage,
    attempt_id: uuid.UUID,
    question_id: uuid.UUID,
    choices: Sequence[str],
    client_id: uuid.UUID,
    happened_at: datetime | None = None,
) -> Answer:
    """Record one answer, beginning the attempt when it is the first. The same `client_id` twice is one answer.

    The first answer to a question counts, later ones are practice. The last question answered finishes the attempt.
    Raises QuestionGoneError, and BadAnswerError for choices that do not fit the question.
    """
    moment = happened_at or timezone.now()
    attempt = begin_attempt(learner, lesson=lesson, attempt_id=attempt_id, happened_at=moment)
    question = attempt.version.find_question(str(question_id))
    if question is None:
        raise QuestionGoneError(question_id)
    known = Answer.objects.filter(attempt=attempt, client_id=client_id).first()
    if known is not None:
        return known
    is_right = mark(question, choices)
    earlier = list(attempt.answers.filter(question_id=question_id))
    if len(earlier) >= MOST_TRIES:
        return earlier[-1]
    answer = Answer.objects.create(
        attempt=attempt,
        question_id=question_id,
        choices=list(choices),
        is_right=is_right,
        counts=not earlier and attempt.is_open,
        client_id=uuid.uuid4() if Answer.objects.filter(client_id=client_id).exists() else client_id,
        happened_at=moment,
    )
    if attempt.is_open:
        _close_when_complete(learner, attempt, lesson)
    return answer


def begin_attempt(learner: Learner, *, lesson: LessonPage, attempt_id: uuid.UUID, happened_at: datetime) -> Attempt:
    """The attempt to write into, locked: that one, else the open one, else a new one with the quiz frozen as it is."""
    mine = Attempt.objects.of(learner).filter(lesson_key=lesson.translation_key).select_related("version")
    locked = mine.select_for_update(of=("self",))
    existing: Attempt | None = locked.filter(client_id=attempt_id).first() or locked.open().first()
    if existing is not None:
        return existing
    course_key = get_course_key(lesson)
    enrol(learner, course_key=course_key)
    try:
        with transaction.atomic():
            made: Attempt = Attempt.objects.create(
                **learner.columns,
                course_key=course_key,
                lesson_key=lesson.translation_key,
                version=freeze(lesson),
                revision_id=lesson.live_revision_id,
                client_id=uuid.uuid4() if Attempt.objects.filter(client_id=attempt_id).exists() else attempt_id,
                happened_at=happened_at,
            )
            return made
    except IntegrityError:  # another tab began it in this very moment
        begun: Attempt = locked.open().get()
        return begun


def close_attempt(attempt: Attempt, *, status: AttemptStatus) -> Attempt:
    """Count the right first answers and close. Questions without an answer count as not right."""
    attempt.score = attempt.answers.filter(counts=True, is_right=True).count()
    attempt.is_passed = is_passed(attempt.score, attempt.total, attempt.version.pass_mark)
    attempt.status = status
    attempt.finished_at = timezone.now()
    attempt.save(update_fields=["score", "is_passed", "status", "finished_at"])
    return attempt


def _close_when_complete(learner: Learner, attempt: Attempt, lesson: LessonPage) -> None:
    if attempt.answers.filter(counts=True).count() < attempt.total:
        return
    close_attempt(attempt, status=AttemptStatus.FINISHED)
    if attempt.is_passed:
        complete_lesson(learner, lesson=lesson)
        check_finished(learner, course_keys=[attempt.course_key])
