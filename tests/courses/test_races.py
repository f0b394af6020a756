"""Many clients at once, on a real PostgreSQL: one open attempt, one counted answer, one completion, one certificate."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import User
from courses.models import Answer, Attempt, Certificate, CourseIndexPage, Enrolment, LessonCompletion, SkillGrant
from courses.querysets import Learner
from courses.services import answer_question, complete_lesson, issue_when_due
from tests.factories.accounts import UserFactory
from tests.factories.courses import SkillFactory, make_course, make_indexes, make_lesson, make_question

CLIENTS = 8


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_one_quiz_from_many_tabs() -> None:
    indexes: dict[str, CourseIndexPage] = make_indexes()
    course = make_course(indexes["km"], [SkillFactory.create()], gives_certificate=True)
    lesson = make_lesson(course, [make_question()])
    user: User = UserFactory.create()
    question = lesson.questions[0]
    right = question.value["choices"].bound_blocks[0].id

    def answer(_number: int) -> None:
        try:
            complete_lesson(Learner(user=user), lesson=lesson)
            answer_question(
                Learner(user=user),
                lesson=lesson,
                attempt_id=uuid.uuid4(),
                question_id=uuid.UUID(question.id),
                choices=[right],
                client_id=uuid.uuid4(),
            )
            issue_when_due(user, course_key=course.translation_key)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(answer, range(CLIENTS)))
    assert LessonCompletion.objects.count() == Enrolment.objects.count() == SkillGrant.objects.count() == 1
    assert Certificate.objects.count() == 1
    assert Attempt.objects.filter(is_passed=True).count() == Attempt.objects.count()
    assert Answer.objects.filter(counts=True).count() == Attempt.objects.count()
