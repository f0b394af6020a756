"""A session that runs out in the middle of a quiz: the answer waits for the person, and for nobody else."""

import uuid
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from courses.models import Answer, Attempt, CourseIndexPage, LessonPage
from tests.courses.taking import answer, ids
from tests.factories.courses import make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage]) -> LessonPage:
    return make_lesson(make_course(indexes["km"]), [make_question(), make_question()])


@pytest.fixture
def asked(client: Client, learner: User, lesson: LessonPage) -> Any:
    """What a signed-in person, who has begun the quiz, sends after the session ran out."""
    client.force_login(learner)
    answer(client, lesson, 0)
    page = client.get(f"{lesson.url}quiz/").content.decode()
    assert f'name="owner" value="{learner.public_id}"' in page
    client.logout()
    return answer(client, lesson, 1, attempt=Attempt.objects.get().client_id, owner=learner.public_id)


def test_it_asks_to_sign_in_and_shows_the_answer_again(
    client: Client, learner: User, lesson: LessonPage, asked: Any
) -> None:
    assert (asked.status_code, asked["Location"]) == (302, f"/km/accounts/login/?next={lesson.url}quiz/")
    assert (Attempt.objects.count(), Answer.objects.count()) == (1, 1)
    client.force_login(learner)
    page = client.get(f"{lesson.url}quiz/")
    screen = page.context["screen"]
    assert (screen.number, screen.attempt) == (2, Attempt.objects.get())
    assert [option.id for option in screen.options if option.is_chosen] == ids(lesson.questions, 1)[:1]
    answer(client, lesson, 1, attempt=screen.attempt_id)
    assert Attempt.objects.get().is_passed is True
    assert client.get(f"{lesson.url}quiz/").context["screen"].is_result is True


def test_another_person_on_the_same_phone_sees_nothing_of_it(
    client: Client, stranger: User, lesson: LessonPage, asked: Any
) -> None:
    client.force_login(stranger)
    screen = client.get(f"{lesson.url}quiz/").context["screen"]
    assert (screen.number, [option.is_chosen for option in screen.options]) == (1, [False] * 3)
    assert client.session.get(f"answer:{lesson.translation_key}") is None


def test_what_no_page_sends_is_not_kept(client: Client, learner: User, lesson: LessonPage) -> None:
    said = answer(client, lesson, 0, owner=learner.public_id, text="ក" * 5000)
    assert said.status_code == 302
    assert f"answer:{lesson.translation_key}" not in client.session


def test_a_visitor_goes_on_as_ever(client: Client, lesson: LessonPage) -> None:
    assert 'name="owner"' not in client.get(f"{lesson.url}quiz/").content.decode()
    assert answer(client, lesson, 0, owner="", attempt=uuid.uuid4()).status_code == 302
    assert Attempt.objects.get().visitor is not None
