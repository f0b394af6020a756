"""A practice question in a lesson answers at once, with and without script, and keeps nothing."""

import uuid
from typing import Any

import pytest
from django.test import Client

from courses.models import Answer, Attempt, CourseIndexPage, LessonPage
from tests.factories.courses import make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db


def practice(question: dict[str, Any]) -> dict[str, Any]:
    return {"type": "practice", "value": {"question": [question]}, "id": str(uuid.uuid4())}


def typed(kind: str, **value: Any) -> dict[str, Any]:
    texts = {"text": "សំណួរ", "hint": "", "explanation": "ព្រោះ"}
    return {"type": kind, "value": {**texts, **value}, "id": str(uuid.uuid4())}


def keys(question: dict[str, Any]) -> list[str]:
    return [choice["id"] for choice in question["value"]["choices"]]


@pytest.fixture
def questions() -> list[dict[str, Any]]:
    return [make_question("single", "10", text="មួយណា"), make_question("order", "111"), make_question("several", "110")]


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage], questions: list[dict[str, Any]]) -> LessonPage:
    return make_lesson(make_course(indexes["km"]), body=[practice(question) for question in questions])


def test_the_page_asks_and_tells_nothing(client: Client, lesson: LessonPage, questions: list[dict[str, Any]]) -> None:
    page = client.get(lesson.url).content.decode()
    for question in questions:
        assert page.count(f'<section class="panel stack sp2" id="q-{question["id"]}">') == 1
    assert "មតិ" not in page
    assert "ព្រោះ" not in page
    assert page.count("<h1>") == 1
    assert "practice.js" in page


@pytest.mark.parametrize(("place", "said"), [(0, "ត្រូវហើយ!"), (1, "មិនទាន់ត្រូវ")])
def test_an_answer_is_judged_in_its_place(
    client: Client, lesson: LessonPage, questions: list[dict[str, Any]], place: int, said: str
) -> None:
    asked = questions[0]
    query = {"question": asked["id"], "choice": keys(asked)[place]}
    page = client.get(lesson.url, query).content.decode()
    assert said in page
    assert f"មតិ {place}" in page
    assert f'action="{lesson.url}#q-{asked["id"]}"' in page
    assert (Answer.objects.count(), Attempt.objects.count()) == (0, 0)
    assert not client.session.keys()


def test_an_order_is_judged(client: Client, lesson: LessonPage, questions: list[dict[str, Any]]) -> None:
    asked = questions[1]
    right = {f"place-{key}": str(number) for number, key in enumerate(keys(asked), start=1)}
    assert "ត្រូវហើយ!" in client.get(lesson.url, {"question": asked["id"], **right}).content.decode()
    missing = client.get(lesson.url, {"question": asked["id"]}).content.decode()
    assert f'role="alert" id="{asked["id"]}e"' in missing


def test_the_script_gets_only_the_question(client: Client, lesson: LessonPage, questions: list[dict[str, Any]]) -> None:
    asked = questions[0]
    query = {"question": asked["id"], "choice": keys(asked)[0], "part": "1"}
    part = client.get(lesson.url, query, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith(f'<section class="panel stack sp2" id="q-{asked["id"]}">')
    assert "<html" not in part
    assert '<use href="#' not in part  # icons come along: the page's own have no place for new ones


@pytest.mark.parametrize(
    ("question", "good", "bad"),
    [
        (typed("number", answer="32000000", tolerance="0", unit="រៀល"), "៣២ ០០០ ០០០", "5"),
        (
            typed("short", accepted=[{"type": "item", "value": "=SUM(D2:D7)", "id": str(uuid.uuid4())}]),
            "= sum(d2:d7)",
            "=SUM(D2)",
        ),
    ],
)
def test_typed_answers_are_judged(
    client: Client, indexes: dict[str, CourseIndexPage], question: dict[str, Any], good: str, bad: str
) -> None:
    lesson = make_lesson(make_course(indexes["km"]), body=[practice(question)])
    for text, said in ((good, "ត្រូវហើយ!"), (bad, "មិនទាន់ត្រូវ")):
        assert said in client.get(lesson.url, {"question": question["id"], "text": text}).content.decode()


@pytest.mark.parametrize("query", [{"question": "nonsense", "choice": "x"}, {"choice": "x"}, {"part": "1"}])
def test_nonsense_shows_the_lesson(client: Client, lesson: LessonPage, query: dict[str, str]) -> None:
    answer = client.get(lesson.url, query)
    assert answer.status_code == 200
    assert "<html" in answer.content.decode()


def test_a_choice_of_another_question_is_no_answer(
    client: Client, lesson: LessonPage, questions: list[dict[str, Any]]
) -> None:
    query = {"question": questions[0]["id"], "choice": keys(questions[2])[0]}
    page = client.get(lesson.url, query).content.decode()
    assert "ត្រូវហើយ!" not in page
    assert "មិនទាន់ត្រូវ" not in page


def test_a_question_without_a_right_answer_is_left_out(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    broken = make_question("single", "00")
    lesson = make_lesson(make_course(indexes["km"]), body=[practice(broken)])
    assert f"q-{broken['id']}" not in client.get(lesson.url).content.decode()
