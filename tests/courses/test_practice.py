"""Practice until enough are right in a row; it never passes a lesson."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from courses.models import Answer, Attempt, CourseIndexPage, LessonCompletion, LessonPage
from courses.services.practice import count_needed, count_streak, pick_next
from tests.courses.taking import ids, send, take
from tests.factories.courses import make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage]) -> LessonPage:
    return make_lesson(make_course(indexes["km"]), [make_question() for _ in range(4)], pass_mark=100)


def given(*marks: str) -> list[Any]:
    """Answers: a letter for the question, capital when right."""
    return [SimpleNamespace(question_id=mark.lower(), is_right=mark.isupper()) for mark in marks]


@pytest.mark.parametrize(
    ("answers", "streak"),
    [("", 0), ("A", 1), ("ABC", 3), ("ABc", 0), ("abC", 1), ("aBCD", 3), ("AA", 1), ("AAA", 1), ("ABA", 3)],
)
def test_streak(answers: str, streak: int) -> None:
    assert count_streak(given(*answers), 4) == streak


def test_a_single_question_counts_again_and_again() -> None:
    assert (count_streak(given("A", "A"), 1), count_needed(1), count_needed(2), count_needed(9)) == (2, 1, 2, 3)


def test_new_questions_come_first_then_the_wrong_ones_then_the_oldest() -> None:
    questions, seed = [{"id": key} for key in "abcd"], uuid.uuid4()
    asked = [pick_next(questions, [], seed)]
    answers = given(asked[0].upper())
    while len(asked) < 4:
        asked.append(pick_next(questions, answers, seed))
        answers += given(asked[-1] if len(asked) == 2 else asked[-1].upper())
    assert sorted(asked) == list("abcd")
    assert pick_next(questions, answers, seed) == asked[1]
    answers += given(asked[1].upper())
    assert pick_next(questions, answers, seed) == asked[0]


def test_the_only_question_is_asked_again() -> None:
    assert pick_next([{"id": "a"}], given("A"), uuid.uuid4()) == "a"


def practise(client: Client, lesson: LessonPage, *, rightly: bool = True) -> Any:
    """Answer the question that practice asks now."""
    screen = client.get(f"{lesson.url}practice/").context["screen"]
    index = [child.id for child in lesson.questions].index(screen.question["id"])
    key = ids(lesson.questions, index)[0 if rightly else 1]
    return send(client, f"{lesson.url}practice/", screen.question["id"], screen.attempt_id, choice=key)


def test_three_in_a_row_is_mastery_and_no_pass(client: Client, lesson: LessonPage, learner: User) -> None:
    client.force_login(learner)
    practise(client, lesson, rightly=False)
    for _ in range(2):
        practise(client, lesson)
    attempt = Attempt.objects.get()
    assert (attempt.purpose, attempt.status) == ("practice", "open")
    said = practise(client, lesson)
    attempt.refresh_from_db()
    assert (attempt.status, attempt.score, attempt.is_passed) == ("finished", 3, False)
    page = client.get(said["Location"])
    assert (page.context["screen"].streak, page.context["screen"].is_result) == (3, False)
    end = client.get(f"{lesson.url}practice/?attempt={attempt.client_id}")
    assert end.context["screen"].is_result is True
    assert LessonCompletion.objects.count() == 0
    assert Answer.objects.filter(counts=True).count() == 0
    assert client.get(f"{lesson.url}quiz/").context["screen"].attempt is None


def test_a_wrong_answer_is_explained_and_begins_the_row_anew(client: Client, lesson: LessonPage) -> None:
    practise(client, lesson)
    said = practise(client, lesson, rightly=False)
    page = client.get(said["Location"])
    assert page.context["screen"].streak == 0
    assert "មតិ 1" in page.content.decode()
    assert "<button" not in page.content.decode().split("</fieldset>")[1].split("</form>")[0]


def test_the_same_answer_sent_twice_is_one(client: Client, lesson: LessonPage) -> None:
    screen = client.get(f"{lesson.url}practice/").context["screen"]
    index = [child.id for child in lesson.questions].index(screen.question["id"])
    parcel = {
        "attempt": screen.attempt_id,
        "answer": uuid.uuid4(),
        "question": screen.question["id"],
        "choice": ids(lesson.questions, index)[0],
    }
    for _ in range(2):
        client.post(f"{lesson.url}practice/", parcel)
    assert (Attempt.objects.count(), Answer.objects.count()) == (1, 1)


def test_practice_runs_beside_a_quiz(client: Client, lesson: LessonPage) -> None:
    take(client, lesson, "10")
    practise(client, lesson)
    assert sorted(Attempt.objects.values_list("purpose", "status")) == [("practice", "open"), ("quiz", "open")]


def test_practice_stays_open_past_the_limit(client: Client, lesson: LessonPage) -> None:
    lesson.attempt_limit = 1
    lesson.save_revision().publish()
    take(client, lesson, "0000")
    assert practise(client, lesson).status_code == 302


def test_hidden_answers_are_practised_after_passing(client: Client, lesson: LessonPage) -> None:
    lesson.hide_answers = True
    lesson.save_revision().publish()
    closed = client.get(f"{lesson.url}practice/")
    assert closed["Location"] == f"{lesson.url}quiz/"
    refused = send(client, f"{lesson.url}practice/", lesson.questions[0].id, choice=ids(lesson.questions, 0)[0])
    assert (refused["Location"], Attempt.objects.count()) == (f"{lesson.url}quiz/", 0)
    take(client, lesson, "1111")
    said = practise(client, lesson, rightly=False)
    assert "មតិ 1" in client.get(said["Location"]).content.decode()


def test_nothing_chosen_is_said_at_the_question(client: Client, lesson: LessonPage) -> None:
    response = send(client, f"{lesson.url}practice/", lesson.questions[2].id)
    assert (response.status_code, Attempt.objects.count()) == (422, 0)
    assert response.context["screen"].question["id"] == lesson.questions[2].id


def test_reading_practice_writes_nothing(client: Client, lesson: LessonPage) -> None:
    client.get(f"{lesson.url}practice/")
    assert (Attempt.objects.count(), "sessionid" in client.cookies) == (0, False)
