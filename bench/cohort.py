"""What a cohort of 5,000 learners costs: its report, its desk, its tables.

Makes them in a database of its own (SQLite in a temporary folder; `DATABASE_URL` chooses another, empty one), half way
through a course of eight lessons with quizzes. Run by hand from the project's folder, on an otherwise idle machine:
`python bench/cohort.py [learners] [lessons]`. The limit: 1 s for the whole report of 5,000.
"""

import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def fill(learners: int, lessons: int) -> Any:
    """The cohort, with everything its report reads."""
    from django.utils import timezone

    from accounts.models import User
    from courses.models import (
        Attempt,
        Attendance,
        Cohort,
        CohortMember,
        CohortSession,
        Enrolment,
        LessonCompletion,
        QuizVersion,
    )
    from tests.factories.cohorts import CohortFactory
    from tests.factories.courses import make_course, make_indexes, make_lesson, make_question

    now = timezone.now()
    course = make_course(make_indexes()["km"])
    pages = [make_lesson(course, [make_question()]) for _ in range(lessons)]
    version = QuizVersion.objects.create(lesson_key=uuid.uuid4(), digest="bench", pass_mark=60, questions=[])
    leader = User.objects.create(username="bench-leader", birth_year=1980, is_superuser=True)
    cohort = CohortFactory.create(course_key=course.translation_key, opened_by=leader)
    people = User.objects.bulk_create(
        [User(username=f"bench{n}", given_name_km=f"ដារ៉ា{n}", birth_year=2000) for n in range(learners)],
        batch_size=500,
    )
    members = CohortMember.objects.bulk_create(
        [CohortMember(cohort=cohort, user=user, joined_at=now - timedelta(days=20)) for user in people], batch_size=500
    )
    Cohort.objects.filter(pk=cohort.pk).update(member_count=learners)
    key = course.translation_key
    Enrolment.objects.bulk_create(
        [
            Enrolment(user=user, course_key=key, started_at=now, touched_at=now - timedelta(days=n % 20))
            for n, user in enumerate(people)
        ],
        batch_size=500,
    )
    done = [(user, page) for n, user in enumerate(people) for page in pages[: n % (lessons + 1)]]
    LessonCompletion.objects.bulk_create(
        [
            LessonCompletion(user=user, course_key=key, lesson_key=page.translation_key, happened_at=now)
            for user, page in done
        ],
        batch_size=500,
    )
    Attempt.objects.bulk_create(
        [
            Attempt(
                user=user, course_key=key, lesson_key=page.translation_key, version=version, happened_at=now,
                status="finished", finished_at=now, is_passed=True,
            )
            for user, page in done
        ],
        batch_size=500,
    )  # fmt: skip
    sessions = [CohortSession(cohort=cohort, title=f"{n}", date=now.date(), place="-") for n in range(4)]
    for session in CohortSession.objects.bulk_create(sessions):
        marks = [
            Attendance(session=session, member=member, presence="present", marked_by=leader, marked_at=now)
            for member in members
        ]
        Attendance.objects.bulk_create(marks, batch_size=500)
    return Cohort.objects.get(pk=cohort.pk)


def measure(name: str, act: Callable[[], object]) -> None:
    """The best and the middle of five runs, after one that warms up, and the queries of one."""
    from django.db import connection

    queries: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        act()
    spent = []
    for _ in range(5):
        began = time.perf_counter()
        act()
        spent.append(time.perf_counter() - began)
    spent.sort()
    print(f"{name:<34}{spent[0]:>8.3f} s best{spent[2]:>9.3f} s middle{len(queries):>6} queries", flush=True)


def main(learners: int, lessons: int) -> None:
    """Set up, fill, measure."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from courses.services.cohort_report import CohortReport

    call_command("migrate", verbosity=0)
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
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, int(sys.argv[2]) if len(sys.argv) > 2 else 8)
