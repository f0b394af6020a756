"""What a visitor learnt comes along on sign-up and sign-in; nothing is lost, nothing is doubled."""

import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from accounts.signals import deleting_account, exporting
from courses.models import (
    Attempt,
    CourseIndexPage,
    CoursePage,
    Enrolment,
    LessonCompletion,
    LessonPage,
    Skill,
    SkillGrant,
)
from courses.querysets import Learner
from courses.services import adopt_progress, answer_question, complete_lesson
from courses.signals import course_finished, skill_granted
from tests.factories.accounts import PASSWORD
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill(db: None) -> Skill:
    return SkillFactory.create()


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage], skill: Skill) -> CoursePage:
    return make_course(indexes["km"], [skill])


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    return make_lesson(course, [make_question(), make_question()])


def answer(learner: Learner, lesson: LessonPage, index: int, choice: int = 0) -> None:
    question = lesson.questions[index]
    answer_question(
        learner,
        lesson=lesson,
        attempt_id=uuid.uuid4(),
        question_id=uuid.UUID(question.id),
        choices=[question.value["choices"].bound_blocks[choice].id],
        client_id=uuid.uuid4(),
    )


def test_signing_in_takes_progress_along(client: Client, lesson: LessonPage, learner: User, skill: Skill) -> None:
    client.post(f"/km/learn/lessons/{lesson.translation_key}/done/")
    visitor = LessonCompletion.objects.get().visitor
    assert client.cookies["visitor"]["httponly"]
    assert "sessionid" not in client.cookies
    answer(Learner(visitor=visitor), lesson, 0)
    answer(Learner(visitor=visitor), lesson, 1)
    assert SkillGrant.objects.count() == 0
    client.post("/km/accounts/login/", {"login": learner.username, "password": PASSWORD})
    assert client.cookies["visitor"].value == ""
    assert set(Attempt.objects.values_list("user", "visitor")) == {(learner.pk, None)}
    assert set(LessonCompletion.objects.values_list("user", "visitor")) == {(learner.pk, None)}
    assert Enrolment.objects.get(user=learner).finished_at is not None
    assert list(Skill.objects.granted_to(learner)) == [skill]


def test_a_visitor_of_a_session_is_known_still(client: Client, lesson: LessonPage, learner: User) -> None:
    visitor = uuid.uuid4()
    session = client.session
    session["visitor"] = str(visitor)
    session.save()
    client.post(f"/km/learn/lessons/{lesson.translation_key}/done/")
    assert LessonCompletion.objects.get().visitor == visitor
    client.post("/km/accounts/login/", {"login": learner.username, "password": PASSWORD})
    assert "visitor" not in client.session
    assert LessonCompletion.objects.get().user == learner


def test_nobody_makes_up_a_visitor(client: Client, lesson: LessonPage) -> None:
    visitor = uuid.uuid4()
    client.cookies["visitor"] = str(visitor)
    client.post(f"/km/learn/lessons/{lesson.translation_key}/done/")
    assert LessonCompletion.objects.get().visitor != visitor


def test_the_better_is_kept_and_twice_is_once(lesson: LessonPage, learner: User) -> None:
    visitor, own = uuid.uuid4(), Learner(user=learner)
    early = timezone.now() - timezone.timedelta(days=3)
    complete_lesson(own, lesson=lesson)
    complete_lesson(Learner(visitor=visitor), lesson=lesson, happened_at=early)
    answer(own, lesson, 0, 1)
    answer(own, lesson, 1, 1)
    answer(Learner(visitor=visitor), lesson, 0)
    answer(Learner(visitor=visitor), lesson, 1)
    for _ in range(2):
        adopt_progress(learner, visitor=visitor)
    assert LessonCompletion.objects.get().happened_at == early
    assert sorted(Attempt.objects.filter(user=learner).values_list("score", flat=True)) == [0, 2]
    assert Enrolment.objects.get(user=learner).finished_at is not None
    assert SkillGrant.objects.count() == 1


@pytest.mark.parametrize(("mine", "theirs", "open_score"), [(2, 1, 2), (1, 2, 2), (1, 1, 1)])
def test_of_two_open_attempts_the_fuller_stays_open(
    course: CoursePage, learner: User, mine: int, theirs: int, open_score: int
) -> None:
    lesson = make_lesson(course, [make_question() for _ in range(3)])
    visitor = uuid.uuid4()
    for index in range(mine):
        answer(Learner(user=learner), lesson, index)
    for index in range(theirs):
        answer(Learner(visitor=visitor), lesson, index)
    adopt_progress(learner, visitor=visitor)
    assert sorted(Attempt.objects.filter(user=learner).values_list("status", flat=True)) == ["open", "set_aside"]
    assert Attempt.objects.open().get().answers.count() == open_score


def test_a_skill_is_granted_and_announced_once(
    lesson: LessonPage,
    learner: User,
    skill: Skill,
    course: CoursePage,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    heard: list[tuple[str, object]] = []

    def hear_skill(**event: object) -> None:
        heard.append(("skill", (event["user"], event["skill"], event["course_key"])))

    def hear_course(**event: object) -> None:
        heard.append(("course", (event["user"], event["course_key"])))

    skill_granted.connect(hear_skill)
    course_finished.connect(hear_course)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(2):
                answer(Learner(user=learner), lesson, 0)
                answer(Learner(user=learner), lesson, 1)
                complete_lesson(Learner(user=learner), lesson=lesson)
    finally:
        skill_granted.disconnect(hear_skill)
        course_finished.disconnect(hear_course)
    assert heard == [
        ("skill", (learner, skill, course.translation_key)),
        ("course", (learner, course.translation_key)),
    ]


def test_the_export_has_everything_learnt(lesson: LessonPage, learner: User, skill: Skill, course: CoursePage) -> None:
    answer(Learner(user=learner), lesson, 0)
    answer(Learner(user=learner), lesson, 1, 1)
    parts: dict[str, object] = {}
    exporting.send(User, user=learner, parts=parts)
    learnt = parts["courses"]
    assert isinstance(learnt, dict)
    assert [each["course"] for each in learnt["enrolments"]] == [str(course.translation_key)]
    (attempt,) = learnt["attempts"]
    assert [answer["is_right"] for answer in attempt["answers"]] == [True, False]
    assert (attempt["score"], attempt["is_passed"], learnt["skills"]) == (1, False, [])
    json.dumps(parts)


def test_deleting_the_account_forgets_what_was_learnt(lesson: LessonPage, learner: User, stranger: User) -> None:
    for person in (learner, stranger):
        complete_lesson(Learner(user=person), lesson=lesson)
        answer(Learner(user=person), lesson, 0)
        answer(Learner(user=person), lesson, 1)
    deleting_account.send(User, user=learner)
    for model in (Attempt, LessonCompletion, Enrolment, SkillGrant):
        assert list(model._default_manager.values_list("user", flat=True)) == [stranger.pk]
