"""What a cohort of 5,000 learners costs: its report, its desk, its tables.

Makes them in a database of its own (SQLite in a temporary folder; `DATABASE_URL` chooses another, empty one), half way
through a course of eight lessons with quizzes. Run by hand from the project's folder, on an otherwise idle machine:
`python bench/cohort.py [learners] [lessons]`. The limit: 1 s for the whole report of 5,000.
"""

import sys
import uuid
from datetime import timedelta
from typing import Any

from stopwatch import measure, own_database

SOME = 500  # rows of one statement


def fill(learners: int, lessons: int) -> Any:
    """The cohort, with everything its report reads."""
    from accounts.models import User
    from courses.models import Cohort
    from tests.factories.cohorts import CohortFactory
    from tests.factories.courses import make_course, make_indexes, make_lesson, make_question

    course = make_course(make_indexes()["km"])
    pages = [make_lesson(course, [make_question()]) for _ in range(lessons)]
    leader = User.objects.create(username="bench-leader", birth_year=1980, is_superuser=True)
    cohort = CohortFactory.create(course_key=course.translation_key, opened_by=leader)
    people = [User(username=f"bench{n}", given_name_km=f"ដារ៉ា{n}", birth_year=2000) for n in range(learners)]
    let_learn(User.objects.bulk_create(people, batch_size=SOME), course.translation_key, pages)
    let_meet(cohort, people, leader)
    return Cohort.objects.get(pk=cohort.pk)


def let_learn(people: list[Any], key: uuid.UUID, pages: list[Any]) -> None:
    """Enrolments, and lessons and quizzes up to where each learner is."""
    from django.utils import timezone

    from courses.models import Attempt, Enrolment, LessonCompletion, QuizVersion

    now = timezone.now()
    version = QuizVersion.objects.create(lesson_key=uuid.uuid4(), digest="bench", pass_mark=60, questions=[])
    starts = [
        Enrolment(user=user, course_key=key, started_at=now, touched_at=now - timedelta(days=n % 20))
        for n, user in enumerate(people)
    ]
    Enrolment.objects.bulk_create(starts, batch_size=SOME)
    done = [
        {"user": user, "course_key": key, "lesson_key": page.translation_key, "happened_at": now}
        for n, user in enumerate(people)
        for page in pages[: n % (len(pages) + 1)]
    ]
    LessonCompletion.objects.bulk_create([LessonCompletion(**each) for each in done], batch_size=SOME)
    passed = {"version": version, "status": "finished", "finished_at": now, "is_passed": True}
    Attempt.objects.bulk_create([Attempt(**each, **passed) for each in done], batch_size=SOME)


def let_meet(cohort: Any, people: list[Any], leader: Any) -> None:
    """Membership, and four sessions at which everybody was."""
    from django.utils import timezone

    from courses.models import Attendance, Cohort, CohortMember, CohortSession

    now = timezone.now()
    rows = [CohortMember(cohort=cohort, user=user, joined_at=now - timedelta(days=20)) for user in people]
    members = CohortMember.objects.bulk_create(rows, batch_size=SOME)
    Cohort.objects.filter(pk=cohort.pk).update(member_count=len(members))
    sessions = [CohortSession(cohort=cohort, title=f"{n}", date=now.date(), place="-") for n in range(4)]
    seen = {"presence": "present", "marked_by": leader, "marked_at": now}
    for session in CohortSession.objects.bulk_create(sessions):
        marks = [Attendance(session=session, member=member, **seen) for member in members]
        Attendance.objects.bulk_create(marks, batch_size=SOME)


def main(learners: int, lessons: int) -> None:
    """Fill, measure."""
    from django.test import Client
    from django.urls import reverse

    from courses.services.cohort_report import CohortReport

    cohort = fill(learners, lessons)
    client = Client()
    client.force_login(cohort.opened_by)

    def fetch(name: str, *rest: str) -> int:
        response = client.get(reverse(name, args=[cohort.public_id, *rest]))
        assert response.status_code == 200, response.status_code
        return len(response.getvalue())

    print(f"{learners} learners, {lessons} lessons")
    measure("report of all, with summary", lambda: [CohortReport(cohort).summarise(), *CohortReport(cohort).read_all()])
    measure("desk page", lambda: fetch("cohort"))
    for name in ("progress.csv", "progress.xlsx", "attendance.csv", "attendance.xlsx"):
        measure(name, lambda name=name: fetch("cohort-export", name))


if __name__ == "__main__":
    with own_database():
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, int(sys.argv[2]) if len(sys.argv) > 2 else 8)
