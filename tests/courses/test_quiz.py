"""A quiz taken in pages: without an account, without script, twice, late, in two tabs, in two languages."""

import uuid
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.html import escape

from accounts.models import User
from courses.models import Answer, Attempt, CourseIndexPage, CoursePage, Enrolment, LessonCompletion, LessonPage
from tests.factories.courses import make_course, make_lesson, make_question, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage]) -> CoursePage:
    return make_course(indexes["km"])


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    questions = [make_question("single", "100"), make_question("several", "110"), make_question("order", "111")]
    return make_lesson(course, questions, pass_mark=60)


def ids(lesson: LessonPage, index: int) -> list[str]:
    return [item.id for item in lesson.questions[index].value["choices"].bound_blocks]


def parcel(lesson: LessonPage, index: int, chosen: list[str], **extra: Any) -> dict[str, Any]:
    question = lesson.questions[index]
    data: dict[str, Any] = {"attempt": uuid.uuid4(), "answer": uuid.uuid4(), "question": question.id, **extra}
    if question.block_type == "order":
        return data | {f"place-{choice}": place for place, choice in enumerate(chosen, start=1)}
    return data | {"choice": chosen}


def send(client: Client, lesson: LessonPage, index: int, chosen: list[str], **extra: Any) -> Any:
    return client.post(f"{lesson.url}quiz/", parcel(lesson, index, chosen, **extra))


def answer_all(client: Client, lesson: LessonPage, right: str) -> None:
    for index, mark in enumerate(right):
        key = ids(lesson, index)
        good = {"single": key[:1], "several": key[:2], "order": key}[lesson.questions[index].block_type]
        assert send(client, lesson, index, good if mark == "1" else list(reversed(key))[: len(good)]).status_code == 302


def test_reading_writes_nothing(client: Client, lesson: LessonPage) -> None:
    for address in (lesson.url, f"{lesson.url}quiz/", f"{lesson.url}quiz/?q=3", lesson.get_parent().url):
        assert client.get(address).status_code == 200
    counts = [model.objects.count() for model in (Session, Attempt, Answer, Enrolment, LessonCompletion)]
    assert counts == [0, 0, 0, 0, 0]
    assert "sessionid" not in client.cookies


def test_a_right_answer_says_why_and_leads_on(client: Client, lesson: LessonPage) -> None:
    response = send(client, lesson, 0, ids(lesson, 0)[:1])
    attempt = Attempt.objects.get()
    assert response["Location"] == f"{lesson.url}quiz/?attempt={attempt.client_id}&q=1"
    page = client.get(response["Location"]).content.decode()
    assert "ព្រោះ" in page
    assert "មតិ 0" in page
    assert escape(f"?attempt={attempt.client_id}&q=2") in page


def test_a_wrong_answer_keeps_what_was_chosen_and_can_be_tried_again(client: Client, lesson: LessonPage) -> None:
    first = send(client, lesson, 0, ids(lesson, 0)[1:2])
    page = client.get(first["Location"]).content.decode()
    assert "មតិ 1" in page
    assert "ព្រោះ" not in page
    assert f'value="{ids(lesson, 0)[1]}" checked' in page
    send(client, lesson, 0, ids(lesson, 0)[:1], attempt=Attempt.objects.get().client_id)
    assert list(Answer.objects.values_list("is_right", "counts")) == [(False, True), (True, False)]


def test_the_first_answers_decide_and_a_pass_completes_the_lesson(client: Client, lesson: LessonPage) -> None:
    answer_all(client, lesson, "110")
    attempt = Attempt.objects.get()
    assert (attempt.status, attempt.score, attempt.is_passed, attempt.per_cent) == ("finished", 2, True, 66)
    assert LessonCompletion.objects.get().lesson_key == lesson.translation_key
    assert Enrolment.objects.get().finished_at is not None
    result = client.get(f"{lesson.url}quiz/?attempt={attempt.client_id}")
    assert result.templates[0].name == "courses/result.html"


def test_below_the_pass_mark_one_takes_it_again(client: Client, lesson: LessonPage) -> None:
    answer_all(client, lesson, "100")
    assert not Attempt.objects.get().is_passed
    assert LessonCompletion.objects.count() == 0
    blank = client.get(f"{lesson.url}quiz/?again=1")
    assert blank.templates[0].name == "courses/quiz.html"
    answer_all(client, lesson, "111")
    assert list(Attempt.objects.order_by("pk").values_list("score", flat=True)) == [1, 3]
    assert LessonCompletion.objects.count() == 1


def test_the_same_answer_sent_twice_is_one(client: Client, lesson: LessonPage) -> None:
    data = parcel(lesson, 0, ids(lesson, 0)[:1])
    first, second = (client.post(f"{lesson.url}quiz/", data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Answer.objects.count() == Attempt.objects.count() == 1


def test_two_tabs_share_one_attempt(client: Client, lesson: LessonPage) -> None:
    send(client, lesson, 0, ids(lesson, 0)[:1])
    send(client, lesson, 0, ids(lesson, 0)[1:2])
    send(client, lesson, 1, ids(lesson, 1)[:2])
    assert Attempt.objects.count() == 1
    assert list(Answer.objects.filter(counts=True).values_list("is_right", flat=True)) == [True, True]


def test_nothing_chosen_is_said_at_the_question(client: Client, lesson: LessonPage) -> None:
    response = send(client, lesson, 0, [])
    assert (response.status_code, Answer.objects.count()) == (422, 0)
    assert response.context["screen"].form.non_field_errors() == ["សូមជ្រើសចម្លើយសិន។"]


def test_two_steps_with_one_number_keep_what_was_typed(client: Client, lesson: LessonPage) -> None:
    first, second, third = ids(lesson, 2)
    data = {"attempt": uuid.uuid4(), "answer": uuid.uuid4(), "question": lesson.questions[2].id}
    typed = {f"place-{first}": "1", f"place-{second}": "1", f"place-{third}": "2"}
    response = client.post(f"{lesson.url}quiz/", data | typed)
    assert response.status_code == 422
    assert {option.id: option.place for option in response.context["screen"].options} == {
        first: "1",
        second: "1",
        third: "2",
    }


def test_an_edited_quiz_leaves_a_begun_attempt_as_it_was(client: Client, lesson: LessonPage) -> None:
    send(client, lesson, 0, ids(lesson, 0)[:1])
    old = [ids(lesson, 1), ids(lesson, 2)]
    revision = Attempt.objects.get().revision_id
    edited = LessonPage.objects.get(pk=lesson.pk)
    edited.questions = [make_question("single", "010")]
    edited.pass_mark = 100
    edited.save_revision().publish()
    assert revision != LessonPage.objects.get(pk=lesson.pk).live_revision_id
    send(client, lesson, 1, old[0][:2])
    send(client, lesson, 2, old[1])
    attempt = Attempt.objects.get()
    assert (attempt.total, attempt.score, attempt.version.pass_mark, attempt.is_passed) == (3, 3, 60, True)


def test_a_question_that_went_away_is_asked_anew(client: Client, lesson: LessonPage) -> None:
    data = parcel(lesson, 0, ids(lesson, 0)[:1])
    lesson.questions = [make_question("single", "010")]
    lesson.save_revision().publish()
    response = client.post(f"{lesson.url}quiz/", data)
    assert (response.status_code, response["Location"]) == (302, f"{lesson.url}quiz/")
    assert Answer.objects.count() == 0


def test_switching_language_keeps_the_attempt(
    client: Client, lesson: LessonPage, indexes: dict[str, CourseIndexPage]
) -> None:
    english_course = translate(lesson.get_parent().specific, indexes["en"], slug="course-en")
    english = translate(lesson, english_course, slug="lesson-en")
    english.questions[1].value["text"] = "Second question"
    english.save_revision().publish()
    location = send(client, lesson, 0, ids(lesson, 0)[:1])["Location"]
    page = client.get(location).content.decode()
    assert escape(location.replace(lesson.url, english.url)) in page
    assert "Second question" in client.get(f"{english.url}quiz/").content.decode()
    send(client, english, 1, ids(lesson, 1)[:2])
    send(client, english, 2, ids(lesson, 2))
    assert Attempt.objects.get().score == 3


def test_another_visitor_sees_nothing_of_it(client: Client, lesson: LessonPage) -> None:
    send(client, lesson, 0, ids(lesson, 0)[:1])
    attempt = Attempt.objects.get()
    page = Client().get(f"{lesson.url}quiz/?attempt={attempt.client_id}&q=1")
    assert page.context["screen"].attempt is None


def test_done_leads_to_the_quiz_then_onwards(client: Client, lesson: LessonPage, course: CoursePage) -> None:
    last = make_lesson(course)
    done = f"/km/learn/lessons/{lesson.translation_key}/done/"
    assert client.post(done)["Location"] == f"{lesson.url}quiz/"
    answer_all(client, lesson, "111")
    assert client.post(done)["Location"] == last.url
    end = client.post(f"/km/learn/lessons/{last.translation_key}/done/")["Location"]
    assert end == f"/km/learn/finished/{course.translation_key}/"
    assert client.get(end).status_code == 200
    assert LessonCompletion.objects.count() == 2


def test_the_finish_of_an_unfinished_course_is_the_course(
    client: Client, lesson: LessonPage, course: CoursePage, learner: User
) -> None:
    client.force_login(learner)
    response = client.get(f"/km/learn/finished/{course.translation_key}/")
    assert response["Location"] == course.url
