"""How long a batch of 500 events and a report about 5,000 learners take, on SQLite in a file and on PostgreSQL where
`DATABASE_URL` names one.

Run by hand from the project's folder, on an otherwise idle machine: `python bench/learning.py [learners]`.
It works in a database of its own (SQLite in a temporary folder, or `test_…` beside the one named) and removes it.
"""

import os
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="bench-learning-"))

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment
from django.utils import timezone

from accounts.models import User
from courses.models import Enrolment, LessonCompletion, ProgressEvent
from courses.querysets import Learner
from courses.services.events import Event, store_events
from courses.services.items import read_items
from courses.services.reports import Scope, read_report
from places.models import Commune
from tests.factories.courses import make_course, make_indexes, make_lesson
from tests.factories.places import CommuneFactory

LESSONS, TIMES, BATCH = 8, 5, 500


def tell(what: str, run: Callable[[], object]) -> None:
    """Print the median of a few runs and the number of queries of the last."""
    spent = []
    for _ in range(TIMES):
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            run()
            spent.append(time.perf_counter() - began)
    print(f"{connection.vendor}: {what}: {statistics.median(spent):.3f} s, {len(queries)} queries")


def fill(learners: int) -> tuple[uuid.UUID, list[uuid.UUID], User]:
    """A course with enrolments, completions and time spent of so many people, and somebody without any."""
    course = make_course(make_indexes()["km"])
    lessons = [make_lesson(course).translation_key for _ in range(LESSONS)]
    communes: list[Commune] = CommuneFactory.create_batch(40)
    people = User.objects.bulk_create(
        User(username=f"bench{n}", home_commune=communes[n % len(communes)]) for n in range(learners)
    )
    now, key = timezone.now(), course.translation_key
    Enrolment.objects.bulk_create(
        Enrolment(
            user=person,
            course_key=key,
            started_at=now - timedelta(days=n % 300),
            touched_at=now,
            finished_at=now if n % 3 == 0 else None,
        )
        for n, person in enumerate(people)
    )
    through = [(person, lesson) for n, person in enumerate(people) for lesson in lessons[: n % (LESSONS + 1)]]
    LessonCompletion.objects.bulk_create(
        LessonCompletion(user=person, course_key=key, lesson_key=lesson, happened_at=now) for person, lesson in through
    )
    ProgressEvent.objects.bulk_create(
        ProgressEvent(user=person, course_key=key, lesson_key=lesson, kind="studied", seconds=300, happened_at=now)
        for person, lesson in through
    )
    return key, lessons, User.objects.create(username="bench")


def send_batch(user: User, lessons: list[uuid.UUID]) -> None:
    kinds = ["opened", "studied", "studied", "done"]
    now = timezone.now()
    events = [
        Event(uuid.uuid4(), kinds[n % 4], lessons[n % LESSONS], now, 60 if "studied" in kinds[n % 4] else 0)
        for n in range(BATCH)
    ]
    store_events(Learner(user=user), events, sent_at=now)


def main() -> None:
    learners = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    setup_test_environment()
    old_name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        key, lessons, user = fill(learners)
        tell(f"a batch of {BATCH} events", lambda: send_batch(user, lessons))
        tell(f"the report about {learners} learners", lambda: read_report(key, Scope()))
        tell("the analysis of its questions", lambda: read_items(key, Scope().enrolments([key])))
    finally:
        connection.creation.destroy_test_db(old_name, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    main()
