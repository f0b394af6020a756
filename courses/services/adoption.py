"""A visitor becomes a person: what they learnt comes along. Nothing is lost, the better is kept, twice is once."""

import uuid

from django.db import transaction

from accounts.models import User
from courses.enums import AttemptStatus
from courses.models import Attempt, Enrolment, LessonCompletion, ProgressEvent
from courses.models.attempts import CHECKS
from courses.querysets import Learner
from courses.services.progress import check_finished
from courses.services.quiz import close_attempt


@transaction.atomic
def adopt_progress(user: User, *, visitor: uuid.UUID) -> None:
    """Move everything of this visitor to this person, then finish the courses that are complete now."""
    enrolments = list(Enrolment.objects.select_for_update().filter(visitor=visitor))
    _adopt_attempts(user, visitor)
    _adopt_completions(user, visitor)
    for enrolment in enrolments:
        _adopt_enrolment(user, enrolment)
    ProgressEvent.objects.filter(visitor=visitor).update(user=user, visitor=None)
    check_finished(Learner(user=user), course_keys=[enrolment.course_key for enrolment in enrolments])


def _adopt_attempts(user: User, visitor: uuid.UUID) -> None:
    """Every attempt comes along. Of two open ones at the same quiz the fuller stays open, the other is set aside; so
    it is with two checks of one course, of which a finished one stays.
    """
    own = Attempt.objects.filter(user=user).exclude(status=AttemptStatus.SET_ASIDE).select_related("version")
    mine = {(each.lesson_key, each.purpose): each for each in own if each.is_open or each.purpose in CHECKS}
    theirs = Attempt.objects.filter(visitor=visitor).select_related("version")
    for attempt in theirs:
        is_single = attempt.is_open or (attempt.purpose in CHECKS and attempt.status != AttemptStatus.SET_ASIDE)
        rival = mine.get((attempt.lesson_key, attempt.purpose)) if is_single else None
        if rival is not None:
            fuller = max(rival, attempt, key=lambda each: (not each.is_open, _count_answers(each)))
            close_attempt(attempt if fuller is rival else rival, status=AttemptStatus.SET_ASIDE)
        attempt.user, attempt.visitor = user, None
        attempt.save(update_fields=["user", "visitor"])


def _count_answers(attempt: Attempt) -> int:
    return attempt.answers.filter(counts=True).count()


def _adopt_completions(user: User, visitor: uuid.UUID) -> None:
    """A lesson read twice keeps the earlier moment."""
    mine = {row.lesson_key: row for row in LessonCompletion.objects.filter(user=user)}
    for row in LessonCompletion.objects.filter(visitor=visitor):
        own = mine.get(row.lesson_key)
        if own is None:
            row.user, row.visitor = user, None
            row.save(update_fields=["user", "visitor"])
            continue
        if row.happened_at < own.happened_at:
            own.happened_at = row.happened_at
            own.save(update_fields=["happened_at"])
        row.delete()


def _adopt_enrolment(user: User, theirs: Enrolment) -> None:
    """One row a course, from the first start to the last touch. Finishing is worked out anew, with its skills."""
    own = Enrolment.objects.filter(user=user, course_key=theirs.course_key).first()
    if own is None:
        theirs.user, theirs.visitor, theirs.finished_at = user, None, None
        theirs.save(update_fields=["user", "visitor", "finished_at"])
        return
    own.started_at = min(own.started_at, theirs.started_at)
    own.touched_at = max(own.touched_at, theirs.touched_at)
    own.save(update_fields=["started_at", "touched_at"])
    theirs.delete()
