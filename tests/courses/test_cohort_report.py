"""How far learners are: the report, its page and the tables to take along. The figures hold, the queries stay flat."""

import csv
import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses.models import Attendance, Cohort, CohortMember, CourseIndexPage, CoursePage, Enrolment, LessonPage
from courses.querysets import Learner
from courses.services import answer_question, complete_lesson
from courses.services.cohort_report import CohortReport, Summary
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory, CohortMemberFactory, CohortSessionFactory
from tests.factories.courses import make_course, make_lesson, make_question
from tests.factories.tasks import SubmissionFactory, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage]) -> CoursePage:
    return make_course(indexes["km"])


@pytest.fixture
def lessons(course: CoursePage) -> list[LessonPage]:
    """One without a quiz, one with, one that nobody needs."""
    return [make_lesson(course), make_lesson(course, [make_question()]), make_lesson(course, is_optional=True)]


@pytest.fixture
def cohort(course: CoursePage, lessons: list[LessonPage], staff: User) -> Cohort:
    return CohortFactory.create(course_key=course.translation_key, opened_by=staff)


def answer_rightly(user: User, lesson: LessonPage) -> None:
    question = lesson.questions[0]
    answer_question(
        Learner(user=user),
        lesson=lesson,
        attempt_id=uuid.uuid4(),
        question_id=uuid.UUID(question.id),
        choices=[question.value["choices"].bound_blocks[0].id],
        client_id=uuid.uuid4(),
    )


def join(cohort: Cohort, **fields: Any) -> CohortMember:
    member: CohortMember = CohortMemberFactory.create(cohort=cohort, **fields)
    return member


def test_a_line_says_what_a_learner_did(cohort: Cohort, lessons: list[LessonPage]) -> None:
    idle, reader, finisher = join(cohort), join(cohort), join(cohort)
    complete_lesson(Learner(user=reader.user), lesson=lessons[1])
    complete_lesson(Learner(user=reader.user), lesson=lessons[2])
    for lesson in lessons[:2]:
        complete_lesson(Learner(user=finisher.user), lesson=lesson)
    answer_rightly(finisher.user, lessons[1])
    answer_rightly(finisher.user, lessons[1])
    join(cohort, left_at=timezone.now())
    lines = list(CohortReport(cohort).read_all())
    assert [line.member for line in lines] == [idle, reader, finisher]
    assert [line.cells for line in lines] == [["", "", ""], ["", "read", "done"], ["done", "done", ""]]
    assert [(line.done, line.total, line.passed) for line in lines] == [(0, 2, 0), (0, 2, 0), (2, 2, 1)]
    assert [line.touched_at is not None for line in lines] == [False, True, True]
    assert [line.finished_at is not None for line in lines] == [False, False, True]
    assert CohortReport(cohort).summarise() == Summary(members=3, begun=2, finished=1, quiet=1)


def test_practical_tasks_are_counted_by_their_latest_state(client: Client, cohort: Cohort, course: CoursePage) -> None:
    lesson = make_lesson(course, task=[make_task()])
    accepted, waiting, returned = join(cohort), join(cohort), join(cohort)
    for number, trait in ((1, {"returned": True}), (2, {"accepted": True})):
        SubmissionFactory.create(lesson=lesson, user=accepted.user, number=number, **trait)
    SubmissionFactory.create(lesson=lesson, user=waiting.user)
    SubmissionFactory.create(lesson=lesson, user=returned.user, returned=True)
    lines = CohortReport(cohort).read([accepted, waiting, returned])
    assert [(line.accepted, line.waiting) for line in lines] == [(1, 0), (0, 1), (0, 0)]
    client.force_login(cohort.opened_by)
    assert client.get(cohort.get_absolute_url()).text.count("រង់ចាំពិនិត្យ ១") == 1


def test_another_course_and_a_cancelled_session_do_not_count(cohort: Cohort, indexes: Any, staff: User) -> None:
    member = join(cohort)
    complete_lesson(Learner(user=member.user), lesson=make_lesson(make_course(indexes["km"])))
    for cancelled_at in (None, None, timezone.now()):
        session = CohortSessionFactory.create(cohort=cohort, cancelled_at=cancelled_at)
        marks = {"marked_by": staff, "marked_at": timezone.now()}
        Attendance.objects.create(session=session, member=member, presence="present", **marks)
    line = next(CohortReport(cohort).read_all())
    assert (line.done, line.touched_at, line.present) == (0, None, 2)


@pytest.mark.parametrize(
    ("joined", "touched", "finished", "is_quiet"),
    [(9, None, False, True), (9, 8, False, True), (9, 6, False, False), (6, None, False, False), (9, 8, True, False)],
)
def test_who_is_quiet(cohort: Cohort, joined: int, touched: int | None, finished: bool, is_quiet: bool) -> None:
    now = timezone.now()
    member = join(cohort, joined_at=now - timedelta(days=joined))
    if touched is not None:
        at = now - timedelta(days=touched)
        row = {"started_at": at, "touched_at": at, "finished_at": at if finished else None}
        Enrolment.objects.create(user=member.user, course_key=cohort.course_key, **row)
    assert cohort.members.quiet_for(7).exists() == is_quiet


def test_a_cohort_without_lessons_has_a_report(staff: User) -> None:
    cohort = CohortFactory.create(opened_by=staff)
    join(cohort)
    assert [(line.cells, line.done, line.total) for line in CohortReport(cohort).read_all()] == [([], 0, 0)]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_desk_costs_the_same_for_one_and_thirty(
    client: Client, cohort: Cohort, lessons: list[LessonPage], staff: User, rows: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for _ in range(rows):
        member = join(cohort)
        CohortSessionFactory.create(cohort=cohort)
        complete_lesson(Learner(user=member.user), lesson=lessons[0])
    client.force_login(staff)
    client.get(cohort.get_absolute_url())
    with django_assert_num_queries(18):
        response = client.get(cohort.get_absolute_url())
    assert len(response.context["lines"]) == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_lists_cost_the_same_for_one_and_thirty(
    client: Client, staff: User, learner: User, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        cohort = CohortFactory.create(opened_by=staff)
        CohortSessionFactory.create(cohort=cohort)
        join(cohort, user=learner)
    for person, number in ((staff, 8), (learner, 6)):
        client.force_login(person)
        client.get(reverse("cohorts"))
        with django_assert_num_queries(number):
            client.get(reverse("cohorts"))


# What facilitators see of a person


def test_minors_have_no_family_name_here_and_nobody_a_phone(client: Client, cohort: Cohort, staff: User) -> None:
    people = [
        UserFactory.create(minor=True, username="young", family_name_km="ឈិន", phone="+85510111222"),
        UserFactory.create(username="grown", family_name_km="ឈាង", phone="+85510333444"),
    ]
    session = CohortSessionFactory.create(cohort=cohort)
    for person in people:
        join(cohort, user=person)
    client.force_login(staff)
    addresses = [
        cohort.get_absolute_url(),
        reverse("cohort-session", args=[session.public_id]),
        *(reverse("cohort-export", args=[cohort.public_id, f"{name}.csv"]) for name in ("progress", "attendance")),
    ]
    for address in addresses:
        response = client.get(address)
        text = response.getvalue().decode() if isinstance(response, StreamingHttpResponse) else response.text
        assert ["ឈិន" in text, "ឈាង" in text, "young" in text, "grown" in text] == [False, True, True, True]
        assert not any(part in text for part in ("111222", "111 222", "333444", "333 444"))


# Tables


def read_table(client: Client, cohort: Cohort, name: str) -> list[list[str]]:
    response = client.get(reverse("cohort-export", args=[cohort.public_id, name]))
    content = response.getvalue()
    if name.endswith(".csv"):
        return list(csv.reader(io.StringIO(content.decode().removeprefix("\ufeff"), newline="")))
    rows = load_workbook(io.BytesIO(content)).active.values
    return [["" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in row] for row in rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_progress_as_a_table(client: Client, cohort: Cohort, lessons: list[LessonPage], staff: User, kind: str) -> None:
    member = join(cohort, user__username="=cmd", user__family_name_km="", user__given_name_km="=1+1")
    complete_lesson(Learner(user=member.user), lesson=lessons[0])
    complete_lesson(Learner(user=member.user), lesson=lessons[1])
    client.force_login(staff)
    header, row = read_table(client, cohort, f"progress.{kind}")
    mark = "'" if kind == "csv" else ""
    today, joined = timezone.localdate(), timezone.localdate(member.joined_at)
    titles = [f"{number}. {lesson.title}" for number, lesson in enumerate(lessons, start=1)]
    assert header[-3:] == titles
    assert row == [
        f"{mark}=cmd", f"{mark}=1+1", str(joined), str(today), "", "1", "2", "0", "0", "0",
        "បានចប់", "នៅសល់តេស្ត", "",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_attendance_as_a_table(client: Client, cohort: Cohort, staff: User, kind: str) -> None:
    present, unmarked = join(cohort), join(cohort)
    session = CohortSessionFactory.create(cohort=cohort)
    CohortSessionFactory.create(cohort=cohort, cancelled_at=timezone.now())
    marks = {"marked_by": staff, "marked_at": timezone.now()}
    Attendance.objects.create(session=session, member=present, presence="excused", **marks)
    client.force_login(staff)
    header, *rows = read_table(client, cohort, f"attendance.{kind}")
    assert header == ["ឈ្មោះគណនី", "ឈ្មោះ", f"{session.date} {session.title}"]
    assert rows == [
        [present.user.username, present.user.get_full_name(), "មានច្បាប់"],
        [unmarked.user.username, unmarked.user.get_full_name(), ""],
    ]


def test_there_are_no_other_tables(client: Client, cohort: Cohort, staff: User) -> None:
    client.force_login(staff)
    for name in ("progress.pdf", "progress", "people.csv", ".csv"):
        assert client.get(reverse("cohort-export", args=[cohort.public_id, name])).status_code == 404


def test_large_cohorts_come_by_pages(client: Client, cohort: Cohort, staff: User) -> None:
    CohortMember.objects.bulk_create(CohortMember(cohort=cohort, user=user) for user in UserFactory.create_batch(51))
    client.force_login(staff)
    first = client.get(cohort.get_absolute_url())
    assert len(first.context["lines"]) == 50
    cursor = first.context["page_of_learners"].next_cursor
    assert len(client.get(cohort.get_absolute_url(), {"cursor": cursor}).context["lines"]) == 1
