"""Answers that a phone kept while it had no network, marked when they arrive."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from courses.enums import EventOutcome
from courses.models import Answer, LessonPage
from courses.querysets import Learner
from courses.services.learning import find_lessons
from courses.services.marking import BadAnswerError
from courses.services.quiz import QuestionGoneError, answer_question
from courses.services.standing import NotNowError
from ui.kept import Clock

MOST_ANSWERS = 100


@dataclass(frozen=True)
class SentAnswer:
    """One answer to a question of a lesson's quiz. `attempt_id`: the attempt's, made by the phone before it began."""

    client_id: uuid.UUID
    attempt_id: uuid.UUID
    lesson_key: uuid.UUID
    question_id: uuid.UUID
    choices: Sequence[str]
    text: str
    happened_at: datetime


@dataclass(frozen=True)
class Marked:
    """What became of an answer; `answer` is None where none was kept."""

    outcome: EventOutcome
    answer: Answer | None = None


def store_answers(learner: Learner, answers: Sequence[SentAnswer], *, sent_at: datetime | None = None) -> list[Marked]:
    """Mark each answer in the order sent, one result an answer. What cannot be kept stops none of the others."""
    clock = Clock(timezone.now(), sent_at)
    known, foreign = _find_known(learner, answers)
    lessons = find_lessons({sent.lesson_key for sent in answers})
    return [
        Marked(EventOutcome.REFUSED)
        if sent.client_id in foreign
        else _store(learner, sent, lessons.get(sent.lesson_key), known, clock)
        for sent in answers
    ]


def _find_known(learner: Learner, answers: Sequence[SentAnswer]) -> tuple[dict[uuid.UUID, Answer], set[uuid.UUID]]:
    """The learner's own answers that came before, and the ids that belong to somebody else."""
    rows = Answer.objects.filter(client_id__in=[sent.client_id for sent in answers]).select_related("attempt__version")
    own = (learner.user.pk if learner.user else None, None if learner.user else learner.visitor)
    found = {row.client_id: row for row in rows}
    known = {key: row for key, row in found.items() if (row.attempt.user_id, row.attempt.visitor) == own}
    return known, found.keys() - known.keys()


def _store(
    learner: Learner,
    sent: SentAnswer,
    lesson: LessonPage | None,
    known: dict[uuid.UUID, Answer],
    clock: Clock,
) -> Marked:
    if sent.client_id in known:
        return Marked(EventOutcome.KNOWN, known[sent.client_id])
    if lesson is None or not lesson.has_quiz:
        return Marked(EventOutcome.GONE)
    try:
        with transaction.atomic():
            answer = answer_question(
                learner,
                lesson=lesson,
                attempt_id=sent.attempt_id,
                question_id=sent.question_id,
                choices=sent.choices,
                text=sent.text,
                client_id=sent.client_id,
                happened_at=clock.correct(sent.happened_at),
            )
    except QuestionGoneError:
        return Marked(EventOutcome.GONE)
    except BadAnswerError:
        return Marked(EventOutcome.UNFIT)
    except NotNowError:
        return Marked(EventOutcome.NOT_NOW)
    known[sent.client_id] = answer
    return Marked(EventOutcome.STORED, answer)
