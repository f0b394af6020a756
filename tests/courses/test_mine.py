"""A learner's own page: what comes first, with and without an account."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from courses.enums import SubmissionStatus
from courses.models import Attempt, CourseIndexPage, LessonPage, ProgressEvent
from courses.querysets import Learner
from courses.services import complete_lesson
from courses.services.freezing import freeze
from courses.services.mine import read_mine
from tests.factories.cohorts import CohortMemberFactory
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question
from tests.factories.tasks import SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons(indexes: dict[str, CourseIndexPage]) -> list[LessonPage]:
    course = make_course(indexes["km"], [SkillFactory.create(name_km="ជំនាញតារាង")])
    return [make_lesson(course), make_lesson(course, [make_question()])]


def begin_quiz(user: User, lesson: LessonPage) -> Attempt:
    return Attempt.objects.create(
        user=user,
        course_key=uuid.uuid4(),
        lesson_key=lesson.translation_key,
        version=freeze(lesson),
        total=1,
        happened_at=timezone.now(),
    )


def test_the_next_step_is_the_next_lesson(learner: User, lessons: list[LessonPage]) -> None:
    me = Learner(user=learner)
    assert read_mine(me).next_step.kind == "choose"
    complete_lesson(me, lesson=lessons[0])
    step = read_mine(me).next_step
    assert (step.kind, step.lesson) == ("lesson", lessons[1])


def test_an_open_quiz_comes_before_it(learner: User, lessons: list[LessonPage]) -> None:
    complete_lesson(Learner(user=learner), lesson=lessons[0])
    begin_quiz(learner, lessons[1])
    step = read_mine(Learner(user=learner)).next_step
    assert (step.kind, step.lesson) == ("quiz", lessons[1])


def test_work_that_came_back_comes_first(learner: User, lessons: list[LessonPage]) -> None:
    begin_quiz(learner, lessons[1])
    SubmissionFactory.create(
        user=learner,
        lesson_key=lessons[0].translation_key,
        status=SubmissionStatus.RETURNED,
        decided_at=timezone.now(),
    )
    step = read_mine(Learner(user=learner)).next_step
    assert (step.kind, step.lesson) == ("mend", lessons[0])


def test_a_visitor_sees_what_this_phone_knows(client: Client, lessons: list[LessonPage]) -> None:
    assert "វគ្គដែលអ្នកបានចាប់ផ្ដើម" not in client.get("/km/learn/").content.decode()
    client.post(f"/km/learn/lessons/{lessons[0].translation_key}/done/")
    page = client.get("/km/learn/").content.decode()
    assert "វគ្គដែលអ្នកបានចាប់ផ្ដើម" in page
    assert "អ្វីៗនេះរក្សាទុកតែលើទូរសព្ទនេះទេ" in page
    assert lessons[1].title in page


def test_what_was_earned_stands_there(client: Client, learner: User, lessons: list[LessonPage]) -> None:
    me = Learner(user=learner)
    for lesson in lessons:
        complete_lesson(me, lesson=lesson)
    attempt = begin_quiz(learner, lessons[1])
    Attempt.objects.filter(pk=attempt.pk).update(status="finished", is_passed=True, score=1, finished_at=timezone.now())
    ProgressEvent.objects.create(
        user=learner,
        course_key=uuid.uuid4(),
        lesson_key=lessons[0].translation_key,
        kind="studied",
        seconds=4000,
        happened_at=timezone.now(),
    )
    client.force_login(learner)
    page = client.get("/km/learn/").content.decode()
    assert "១ ម៉ោង ៦ នាទី" in page
    assert f"quiz/?attempt={attempt.client_id}" in page
    assert "ត្រូវ ១ ក្នុង ១" in page


def test_a_cohort_just_joined_is_told(client: Client, learner: User) -> None:
    cohort = CohortMemberFactory.create(user=learner).cohort
    client.force_login(learner)
    assert cohort.title in client.get("/km/learn/").content.decode()


def test_many_courses_cost_what_one_costs(
    client: Client,
    learner: User,
    indexes: dict[str, CourseIndexPage],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(learner)
    for count in (1, 6):
        for _ in range(count):
            lesson = make_lesson(make_course(indexes["km"]), [make_question()])
            complete_lesson(Learner(user=learner), lesson=lesson)
            begin_quiz(learner, lesson)
        client.get("/km/learn/")
        with django_assert_num_queries(14):
            client.get("/km/learn/")
