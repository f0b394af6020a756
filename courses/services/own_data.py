"""What the learning part knows of a person: their own copy of it, and forgetting it."""

from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet
from django.urls import reverse

from accounts.models import User
from courses.models import Attempt, Enrolment, LessonCompletion, ProgressEvent, SkillGrant, SkillRating, Submission
from courses.services.certificate_own_data import collect_certificates, forget_certificates
from courses.services.cohort_own_data import collect_cohorts, forget_cohorts


def collect_learning(user: User) -> dict[str, Any]:
    """JSON-ready: courses begun, lessons read, time spent, quizzes taken with their answers, skills."""
    return {
        "enrolments": [
            {"course": str(row.course_key), "started_at": _time(row.started_at), "finished_at": _time(row.finished_at)}
            for row in Enrolment.objects.filter(user=user)
        ],
        "lessons": [
            {"lesson": str(row.lesson_key), "happened_at": _time(row.happened_at)}
            for row in LessonCompletion.objects.filter(user=user)
        ],
        "events": [
            {"kind": row.kind, "lesson": str(row.lesson_key or ""), "happened_at": _time(row.happened_at)}
            | ({"seconds": row.seconds} if row.seconds else {})
            for row in ProgressEvent.objects.filter(user=user).order_by("happened_at", "pk")
        ],
        "attempts": [_collect_attempt(attempt) for attempt in _attempts_of(user)],
        "skills": [
            {
                "skill": grant.skill.code,
                "source": grant.source,
                "course": str(grant.course_key) if grant.course_key else None,
                "granted_at": _time(grant.granted_at),
            }
            for grant in SkillGrant.objects.of(user)
        ],
        "skills_at_work": [
            {"skill": row.skill.code, "level": row.level, "rated_at": _time(row.rated_at)}
            for row in SkillRating.objects.filter(user=user).select_related("skill")
        ],
        "submissions": [_collect_submission(row) for row in Submission.objects.of(user).with_story()],
        "cohorts": collect_cohorts(user),
        **collect_certificates(user),
    }


@transaction.atomic
def forget_learning(user: User) -> None:
    """The person leaves for good: courses, answers, skills and the files they handed in go with them."""
    for model in (Submission, Attempt, LessonCompletion, Enrolment, ProgressEvent, SkillGrant, SkillRating):
        model._default_manager.filter(user=user).delete()
    forget_cohorts(user)
    forget_certificates(user)


def _attempts_of(user: User) -> Any:
    return Attempt.objects.filter(user=user).select_related("version").prefetch_related("answers")


def _collect_attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "lesson": str(attempt.lesson_key),
        "purpose": attempt.purpose,
        "happened_at": _time(attempt.happened_at),
        "finished_at": _time(attempt.finished_at),
        "score": attempt.score,
        "is_passed": attempt.is_passed,
        "answers": [
            {
                "question": str(answer.question_id),
                "choices": answer.choices,
                "text": answer.text,
                "is_right": answer.is_right,
            }
            for answer in attempt.answers.all()
        ],
    }


def _collect_submission(row: Submission) -> dict[str, Any]:
    review = getattr(row, "review", None)
    return {
        "lesson": str(row.lesson_key),
        "task": row.task["title"],
        "number": row.number,
        "status": row.status,
        "note": row.note,
        "office": row.office.name_en if row.office else None,
        "handed_in_at": _time(row.received_at),
        "decided_at": _time(row.decided_at),
        "files": [
            {"name": file.name, "bytes": file.size, "address": reverse("task-file", args=[file.public_id])}
            for file in row.files.all()
        ],
        "results": review.results if review else [],
        "comment": review.comment if review else "",
    }


def _time(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def find_finished(user: User | OuterRef) -> QuerySet[Enrolment]:
    """Courses that the person has finished."""
    return Enrolment.objects.filter(user=user, finished_at__isnull=False)
