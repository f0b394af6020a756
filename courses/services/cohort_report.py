"""How far the learners of a cohort are. Queries do not grow with learners or lessons; reading goes by pieces."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from courses.enums import Presence
from courses.models import (
    Attempt,
    Attendance,
    Cohort,
    CohortMember,
    Enrolment,
    LessonCompletion,
    LessonPage,
    Submission,
)
from courses.services.learning import read_lessons

PIECE = 1000  # learners looked up at once
# All that may be told of a learner, and what decides it; nothing else leaves the database.
TOLD = (
    "username",
    "family_name_km",
    "given_name_km",
    "family_name_latin",
    "given_name_latin",
    "birth_year",
    "deleted_at",
)
QUIET_DAYS = 7  # from when a learner counts as quiet
READ, DONE = "read", "done"

People = Any  # keys of people: a list, or a query for them


@dataclass(frozen=True)
class LearnerLine:
    """One learner: `cells` has done, read (the quiz is open) or "" for each lesson.

    `done` of `total` counts the lessons that finishing needs, `accepted` and `waiting` practical tasks, `present`
    face-to-face sessions.
    """

    member: CohortMember
    cells: list[str]
    done: int
    total: int
    passed: int
    accepted: int
    waiting: int
    touched_at: datetime | None
    finished_at: datetime | None
    present: int


@dataclass(frozen=True)
class Summary:
    """Of all who are in the cohort now."""

    members: int
    begun: int
    finished: int
    quiet: int


def with_names(members: QuerySet[CohortMember]) -> QuerySet[CohortMember]:
    """Each with as much of its person as a facilitator may know."""
    return members.select_related("user").only("cohort", "joined_at", *(f"user__{name}" for name in TOLD))


def read_pieces(cohort: Cohort) -> Iterator[list[CohortMember]]:
    """Who is in the cohort now, a piece at a time, in the order of joining."""
    members = with_names(cohort.members.current()).order_by("pk")
    last = 0
    while piece := list(members.filter(pk__gt=last)[:PIECE]):
        yield piece
        last = piece[-1].pk


class CohortReport:
    """The lessons of a cohort's course in the reader's language, and its learners' ways through them."""

    def __init__(self, cohort: Cohort, language: str = "") -> None:
        self.cohort = cohort
        self.lessons: list[LessonPage] = read_lessons([cohort.course_key], language).get(cohort.course_key, [])
        required = [index for index, lesson in enumerate(self.lessons) if not lesson.is_optional]
        self.required = required or list(range(len(self.lessons)))
        self.tasks = {index for index, lesson in enumerate(self.lessons) if lesson.has_task}
        self.quizzes = {index for index, lesson in enumerate(self.lessons) if lesson.question_count}
        self.positions = Case(
            *(When(lesson_key=lesson.translation_key, then=Value(index)) for index, lesson in enumerate(self.lessons)),
            default=Value(-1),
            output_field=IntegerField(),
        )

    def summarise(self) -> Summary:
        """Two queries for any number of learners."""
        current = self.cohort.members.current()
        enrolments = Enrolment.objects.filter(course_key=self.cohort.course_key, user__in=current.values("user"))
        figures = enrolments.aggregate(begun=Count("pk"), finished=Count("pk", filter=Q(finished_at__isnull=False)))
        quiet = current.quiet_for(QUIET_DAYS).count()
        return Summary(self.cohort.member_count, figures["begun"], figures["finished"], quiet)

    def read(self, members: Sequence[CohortMember]) -> list[LearnerLine]:
        """The lines of these members. Six queries at most, whatever their number."""
        return self._read(members, [member.user_id for member in members])

    def read_all(self) -> Iterator[LearnerLine]:
        """Everybody who is in the cohort now, in the order of joining; a piece at a time is in memory."""
        for piece in read_pieces(self.cohort):
            rows = CohortMember.objects.filter(cohort=self.cohort, pk__range=(piece[0].pk, piece[-1].pk))
            yield from self._read(piece, rows.values("user"))  # a list of a thousand keys is slow to send

    def _read(self, members: Sequence[CohortMember], people: People) -> list[LearnerLine]:
        read = self._places_of(LessonCompletion.objects.all(), people)
        passed = self._places_of(Attempt.objects.passed(), people)
        handed_in = Submission.objects.all() if self.tasks else Submission.objects.none()
        accepted = self._places_of(handed_in.accepted(), people)
        waiting = self._places_of(handed_in.waiting(), people)
        enrolments, present = self._enrolments_of(people), self._presence_of(members)
        lines = []
        for member in members:
            cells = self._cells(read[member.user_id], passed[member.user_id])
            touched, finished = enrolments.get(member.user_id, (None, None))
            lines.append(
                LearnerLine(
                    member=member,
                    cells=cells,
                    done=sum(1 for index in self.required if cells[index] == DONE),
                    total=len(self.required),
                    passed=len(passed[member.user_id] & self.quizzes),
                    accepted=len(accepted[member.user_id] & self.tasks),
                    waiting=len(waiting[member.user_id] & self.tasks),
                    touched_at=touched,
                    finished_at=finished,
                    present=present[member.pk],
                )
            )
        return lines

    def _cells(self, read: set[int], passed: set[int]) -> list[str]:
        return [
            (DONE if index in passed or index not in self.quizzes else READ)
            if index in read
            else (READ if index in passed else "")
            for index in range(len(self.lessons))
        ]

    def _places_of(self, rows: QuerySet[Any], people: People) -> dict[int, set[int]]:
        """By person, the positions of the lessons that have such a row."""
        places: dict[int, set[int]] = defaultdict(set)
        found = rows.filter(course_key=self.cohort.course_key, user__in=people).annotate(position=self.positions)
        for person, position in found.values_list("user_id", "position"):
            places[person].add(position)
        return places

    def _enrolments_of(self, people: People) -> dict[int, tuple[datetime, datetime | None]]:
        rows = Enrolment.objects.filter(course_key=self.cohort.course_key, user__in=people)
        return {
            person: (touched, finished)
            for person, touched, finished in rows.values_list("user_id", "touched_at", "finished_at")
        }

    def _presence_of(self, members: Sequence[CohortMember]) -> dict[int, int]:
        rows = Attendance.objects.filter(member__in=[member.pk for member in members], presence=Presence.PRESENT)
        counted = rows.filter(session__cancelled_at=None).values("member_id").annotate(times=Count("pk"))
        return defaultdict(int, counted.values_list("member_id", "times"))
