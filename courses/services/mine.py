"""A learner's own page: the next step, what is begun and finished, and what it gave."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Sum

from courses.enums import SubmissionStatus
from courses.models import (
    Attempt,
    Certificate,
    CoursePage,
    Enrolment,
    LessonPage,
    ProgressEvent,
    SkillGrant,
    Submission,
)
from courses.querysets import Learner
from courses.services.cohort_notes import CohortNote, read_cohort_notes
from courses.services.learning import Progress, course_progress, find_courses, find_lessons
from courses.services.tasks import recent_submissions

MOST_COURSES, MOST_ATTEMPTS = 50, 10

Line = tuple[CoursePage, Progress]


@dataclass(frozen=True)
class NextStep:
    """What to do now. `kind`: "mend" (work came back), "quiz" (one is open), "lesson", or "choose" (nothing begun)."""

    kind: str
    course: CoursePage | None = None
    lesson: LessonPage | None = None
    progress: Progress | None = None


@dataclass(frozen=True)
class Mine:
    """`going_on` and `finished` are courses with progress, the latest first; `attempts` come with their lesson."""

    next_step: NextStep
    going_on: list[Line]
    finished: list[Line]
    grants: list[SkillGrant] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    tasks: list[Submission] = field(default_factory=list)
    attempts: list[tuple[Attempt, LessonPage]] = field(default_factory=list)
    minutes: int = 0
    notes: list[CohortNote] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.going_on or self.finished)


def read_mine(learner: Learner) -> Mine:
    """Everything of one learner; as many queries for one course as for fifty."""
    enrolments = list(Enrolment.objects.of(learner).order_by("-touched_at", "-pk")[:MOST_COURSES])
    keys = [row.course_key for row in enrolments]
    pages, progress = find_courses(keys), course_progress(learner, keys)
    lines = [(pages[key], progress[key]) for key in keys if key in pages]
    going_on = [(page, steps) for page, steps in lines if not steps.is_finished]
    attempts = list(Attempt.objects.of(learner).of_quizzes().order_by("-received_at", "-pk")[:MOST_ATTEMPTS])
    tasks = recent_submissions(learner.user) if learner.user else []
    lessons = find_lessons({row.lesson_key for row in attempts} | {row.lesson_key for row in tasks})
    return Mine(
        next_step=find_next_step(going_on, attempts, tasks, lessons),
        going_on=going_on,
        finished=[(page, steps) for page, steps in lines if steps.is_finished],
        grants=list(SkillGrant.objects.of(learner.user)) if learner.user else [],
        certificates=list(Certificate.objects.of(learner.user).current().order_by("-pk")) if learner.user else [],
        tasks=tasks,
        attempts=[(row, lessons[row.lesson_key]) for row in attempts if row.lesson_key in lessons],
        minutes=count_minutes(learner),
        notes=read_cohort_notes(learner.user) if learner.user else [],
    )


def find_next_step(
    going_on: Sequence[Line],
    attempts: Sequence[Attempt],
    tasks: Sequence[Submission],
    lessons: dict[uuid.UUID, LessonPage],
) -> NextStep:
    """Work that came back first, then a quiz left open, then the next lesson of the course touched last."""
    for task in tasks:
        if task.status == SubmissionStatus.RETURNED and task.lesson_key in lessons:
            return NextStep("mend", lesson=lessons[task.lesson_key])
    for attempt in attempts:
        if attempt.is_open and attempt.lesson_key in lessons:
            return NextStep("quiz", lesson=lessons[attempt.lesson_key])
    for course, progress in going_on:
        if progress.next is not None:
            return NextStep("lesson", course, progress.next.page, progress)
    return NextStep("choose")


def count_minutes(learner: Learner) -> int:
    """Whole minutes spent in lessons, as far as the phones told."""
    if not learner.is_known:
        return 0
    seconds = ProgressEvent.objects.of(learner).aggregate(total=Sum("seconds"))["total"] or 0
    return int(seconds) // 60
