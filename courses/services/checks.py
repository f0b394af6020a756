"""The check of a course before and after it: form A for some, form B for the others, and swapped at the end."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.enums import AttemptPurpose, AttemptStatus
from courses.models import Answer, Attempt, CoursePage
from courses.models.attempts import CHECKS
from courses.querysets import Learner
from courses.services.freezing import PlainQuiz, keep_version, read_questions
from courses.services.learning import Progress, course_progress
from courses.services.quiz import QuestionGoneError, close_attempt, is_complete, keep_answer, take_attempt

FORMS = ("a", "b")


class CheckClosedError(RuntimeError):
    """There is no check to answer now: it is done, or it is not the time for it."""


@dataclass(frozen=True)
class Checks:
    """A learner's two checks of one course; `purpose`: the one to answer now, "" for none.

    Before: until the first lesson is done. After: once the course is finished, for who did the one before.
    """

    before: Attempt | None = None
    after: Attempt | None = None
    purpose: str = ""

    @property
    def current(self) -> Attempt | None:
        """The attempt of `purpose`, where it was begun."""
        return self.before if self.purpose == AttemptPurpose.BEFORE else self.after if self.purpose else None

    @property
    def is_over(self) -> bool:
        """Both are done: there is a gain to show."""
        return bool(self.before and self.after and not self.before.is_open and not self.after.is_open)


def find_checks(learner: Learner, course: CoursePage, progress: Progress) -> Checks:
    """Where this learner stands. One query; none for nobody, or for a course without checks."""
    if not course.check_count:
        return Checks()
    rows = Attempt.objects.of(learner).filter(course_key=course.translation_key, purpose__in=CHECKS)
    kept = rows.exclude(status=AttemptStatus.SET_ASIDE).select_related("version") if learner.is_known else []
    mine = {attempt.purpose: attempt for attempt in kept}
    before, after = (mine.get(purpose) for purpose in CHECKS)
    is_measured = before is not None and not before.is_open
    purpose = ""
    if not is_measured and not progress.is_begun:
        purpose = AttemptPurpose.BEFORE
    elif is_measured and progress.is_finished and (after is None or after.is_open):
        purpose = AttemptPurpose.AFTER
    return Checks(before, after, purpose)


@transaction.atomic
def answer_check(
    learner: Learner,
    *,
    course: CoursePage,
    attempt_id: uuid.UUID,
    question_id: uuid.UUID,
    choices: Sequence[str] = (),
    text: str = "",
    is_blank: bool = False,
    client_id: uuid.UUID,
    happened_at: datetime | None = None,
) -> Answer:
    """Keep one answer; the last one finishes the check. Each question is answered once, nothing is told about it.

    Raises CheckClosedError, QuestionGoneError, and BadAnswerError for an answer that does not fit the question.
    """
    moment, key = happened_at or timezone.now(), course.translation_key
    progress = course_progress(learner, [key])[key]
    checks = find_checks(learner, course, progress)
    if not checks.purpose:
        raise CheckClosedError

    def make() -> dict[str, Any]:
        form = pick_form(learner, course, checks, attempt_id)
        quiz = read_form(course, form, list(_find_twins(course)))
        if str(question_id) not in {question["id"] for question in quiz.questions}:
            raise QuestionGoneError(question_id)
        revisions = {course.locale.language_code: course.live_revision_id}
        version = keep_version(key, quiz, revisions)
        return {"version": version, "form": form, "revision_id": course.live_revision_id}

    attempt = take_attempt(
        learner,
        key=key,
        course_key=key,
        purpose=AttemptPurpose(checks.purpose),
        attempt_id=attempt_id,
        happened_at=moment,
        make=make,
    )
    if not attempt.is_open:  # another device finished it in this very moment
        raise CheckClosedError
    answer = keep_answer(
        attempt,
        question_id=question_id,
        choices=choices,
        text=text,
        is_blank=is_blank,
        client_id=client_id,
        happened_at=moment,
    )
    if is_complete(attempt):
        close_attempt(attempt, status=AttemptStatus.FINISHED)
    return answer


def pick_form(learner: Learner, course: CoursePage, checks: Checks, attempt_id: uuid.UUID) -> str:
    """After: the other form than before. Before: half of the people get A, the same person the same on each device;
    a visitor who may not be known yet gets it by the id that the page carries.
    """
    if checks.before is not None and checks.purpose == AttemptPurpose.AFTER:
        return FORMS[1 - FORMS.index(checks.before.form)]
    person = f"{learner.user.pk}/{course.translation_key}" if learner.user else str(attempt_id)
    return FORMS[hashlib.sha256(person.encode()).digest()[0] % 2]


def read_form(course: CoursePage, form: str, twins: Sequence[CoursePage] = ()) -> PlainQuiz:
    """One form as plain data; a check has no pass mark, and nothing is told while it goes on."""
    streams = {page.locale.language_code: getattr(page, f"form_{form}") for page in [*twins, course]}
    return PlainQuiz(questions=read_questions(course.locale.language_code, streams), hide_answers=True)


def _find_twins(course: CoursePage) -> Any:
    twins = CoursePage.objects.live().filter(translation_key=course.translation_key).exclude(pk=course.pk)
    return twins.select_related("locale")
