"""Two devices and more at the same quiz in the same moment, on a real PostgreSQL."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from courses.models import Answer, Attempt, CoursePage, Enrolment, LessonCompletion, LessonPage
from courses.querysets import Learner
from courses.services import answer_check, answer_question, practise
from courses.services.checks import CheckClosedError
from courses.services.quiz import QuestionGoneError
from courses.services.standing import NotNowError
from tests.courses.taking import ids
from tests.factories.accounts import UserFactory
from tests.factories.courses import make_course, make_indexes, make_lesson, make_question

CLIENTS = 6
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def at_once(work: Callable[[int], object], count: int = CLIENTS) -> list[object]:
    """What each of so many threads got, an expected refusal included; they begin together."""
    start = Barrier(count)

    def run(number: int) -> object:
        try:
            start.wait(timeout=30)
            return work(number)
        except (NotNowError, CheckClosedError, QuestionGoneError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def reply(user: User, lesson: LessonPage, index: int, *, rightly: bool = True) -> Answer:
    return answer_question(
        Learner(user=user),
        lesson=lesson,
        attempt_id=uuid.uuid4(),
        question_id=uuid.UUID(lesson.questions[index].id),
        choices=ids(lesson.questions, index)[0 if rightly else 1 :][:1],
        client_id=uuid.uuid4(),
    )


def make(**fields: object) -> tuple[User, LessonPage]:
    course = make_course(make_indexes()["km"])
    questions = [make_question() for _ in range(3)]
    return UserFactory.create(), make_lesson(course, questions, pass_mark=100, **fields)


def test_two_devices_finish_the_same_quiz() -> None:
    """Both answer the last question, one of them wrongly: one answer counts, the attempt is closed once."""
    user, lesson = make()
    reply(user, lesson, 0)
    reply(user, lesson, 1)
    at_once(lambda number: reply(user, lesson, 2, rightly=number % 2 == 0))
    first = Attempt.objects.order_by("pk").first()
    assert first is not None
    counted = first.answers.filter(counts=True)
    assert counted.count() == 3
    assert (first.status, first.score) == ("finished", counted.filter(is_right=True).count())
    assert first.is_passed is (first.score == 3)
    assert Attempt.objects.filter(status="open").count() <= 1
    assert LessonCompletion.objects.count() == int(first.is_passed)
    assert Enrolment.objects.count() == 1


def test_the_limit_holds_against_many_devices() -> None:
    user, lesson = make(attempt_limit=1)
    reply(user, lesson, 0)
    reply(user, lesson, 1)
    outcomes = at_once(lambda _number: reply(user, lesson, 2))
    assert Attempt.objects.count() == 1
    assert sum(isinstance(outcome, Answer) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, NotNowError) for outcome in outcomes) == CLIENTS - 1


def test_the_first_answers_begin_one_attempt() -> None:
    user, lesson = make(attempt_limit=1, draw=2)
    outcomes = at_once(lambda number: reply(user, lesson, number % 3))
    attempt = Attempt.objects.get()
    kept = {str(answer.question_id) for answer in attempt.answers.all()}
    assert kept <= set(attempt.drawn)
    assert (len(attempt.drawn), attempt.total) == (2, 2)
    assert all(isinstance(outcome, Answer | QuestionGoneError | NotNowError) for outcome in outcomes)


def test_one_practice_from_many_tabs() -> None:
    user, lesson = make()

    def answer(number: int) -> Answer:
        return practise(
            Learner(user=user),
            lesson=lesson,
            attempt_id=uuid.uuid4(),
            question_id=uuid.UUID(lesson.questions[number % 3].id),
            choices=ids(lesson.questions, number % 3)[1:2],
            client_id=uuid.uuid4(),
        )

    at_once(answer)
    assert Attempt.objects.get().answers.count() == CLIENTS


def test_one_check_from_many_devices() -> None:
    forms = {f"form_{form}": [make_question(text=f"{form}{n}") for n in range(2)] for form in "ab"}
    course: CoursePage = make_course(make_indexes()["km"], **forms)
    make_lesson(course)
    user = UserFactory.create()

    def answer(number: int) -> Answer:
        stream, index = (course.form_a, course.form_b)[number % 2], number // 2 % 2
        return answer_check(
            Learner(user=user),
            course=course,
            attempt_id=uuid.uuid4(),
            question_id=uuid.UUID(stream[index].id),
            choices=ids(stream, index)[:1],
            client_id=uuid.uuid4(),
        )

    at_once(answer, 4)
    attempt = Attempt.objects.get()
    assert (attempt.status, attempt.score, attempt.answers.filter(counts=True).count()) == ("finished", 2, 2)
