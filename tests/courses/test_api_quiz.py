"""A program reads what a quiz asks and sends answers; what is right is nowhere in what it reads."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import Attempt, CourseIndexPage, LessonPage
from tests.courses.taking import answer, ids
from tests.factories.courses import make_course, make_lesson, make_match, make_question, make_typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage]) -> LessonPage:
    typed = [
        make_typed("number", answer="12345", tolerance="7", unit="រៀល"),
        make_typed("short", accepted=["ឃុំសម្ងាត់"]),
        make_match(2),
    ]
    questions = [make_question(), make_question("several", "110"), make_question("order", "111"), *typed]
    practice = {
        "type": "practice",
        "value": {"question": [make_typed("number", answer="98765")]},
        "id": str(uuid.uuid4()),
    }
    page: LessonPage = make_lesson(make_course(indexes["km"]), questions)
    page.body = json.dumps([*page.body.get_prep_value(), practice])
    page.save()
    return page


def read(client: Client, lesson: LessonPage, query: str = "") -> Any:
    return client.get(f"/api/v1/lessons/{lesson.translation_key}/quiz/{query}")


def test_every_kind_is_asked_and_nothing_told(client: Client, lesson: LessonPage) -> None:
    found = read(client, lesson).json()
    assert [each["kind"] for each in found["questions"]] == ["single", "several", "order", "number", "short", "match"]
    assert [(len(each["choices"]), len(each["sides"])) for each in found["questions"]] == [
        (3, 0),
        (3, 0),
        (3, 0),
        (0, 0),
        (0, 0),
        (2, 2),
    ]
    assert (found["pass_mark"], found["attempts_left"], found["free_at"]) == (60, None, None)
    order, match = found["questions"][2], found["questions"][5]
    assert [each["id"] for each in order["choices"]] != ids(lesson.questions, 2)
    lefts = [item.id for item in lesson.questions[5].value["pairs"].bound_blocks]
    assert [each["id"] for each in match["choices"]] == lefts
    assert not {each["id"] for each in match["sides"]} & set(lefts)
    words = json.dumps(found, ensure_ascii=False)
    assert [secret in words for secret in ("right", "12345", "ឃុំសម្ងាត់", "ព្រោះ", "មតិ")] == [False] * 5


def test_a_practice_question_keeps_its_answer(client: Client, lesson: LessonPage) -> None:
    body = client.get(f"/api/v1/lessons/{lesson.translation_key}/").json()["body"]
    practice = body[-1]
    assert (practice["type"], practice["value"]["kind"], practice["value"]["choices"]) == ("practice", "number", [])
    assert "98765" not in json.dumps(body)


def test_what_was_read_can_be_answered(client: Client, learner: User, lesson: LessonPage) -> None:
    """The same attempt asks the same questions, before it is begun and after."""
    client.force_login(learner)
    lesson.draw = 2
    lesson.save_revision().publish()
    attempt_id = uuid.uuid4()
    found = read(client, lesson, f"?attempt={attempt_id}").json()
    asked = [each["id"] for each in found["questions"]]
    assert (found["attempt"], len(asked)) == (str(attempt_id), 2)
    texts = {"number": "១២៣៤៥", "short": "ឃុំ សម្ងាត់"}
    sent = []
    for question in found["questions"]:
        lines = question["sides"] or question["choices"]
        picked = [each["id"] for each in lines][: 1 if question["kind"] == "single" else None]
        given = {"text": texts[question["kind"]]} if question["kind"] in texts else {"choices": picked}
        common = {"attempt": str(attempt_id), "lesson": str(lesson.translation_key), "question": question["id"]}
        sent.append({"id": str(uuid.uuid4()), "happened_at": timezone.now().isoformat(), **common, **given})
    for index, parcel in enumerate(sent):
        said = client.post("/api/v1/me/answers/", {"answers": [parcel]}, content_type="application/json").json()
        assert [(each["outcome"], each["attempt"]) for each in said["answers"]] == [("stored", str(attempt_id))]
        again = read(client, lesson, f"?attempt={attempt_id}").json()["questions"]
        assert [(each["id"], each["is_answered"]) for each in again] == [
            (key, place <= index) for place, key in enumerate(asked)
        ]
    assert Attempt.objects.get().status == "finished"


def test_an_open_attempt_goes_on(client: Client, learner: User, lesson: LessonPage) -> None:
    client.force_login(learner)
    answer(client, lesson, 0)
    found = read(client, lesson, f"?attempt={uuid.uuid4()}").json()
    assert found["attempt"] == str(Attempt.objects.get().client_id)
    assert [each["is_answered"] for each in found["questions"]] == [True, False, False, False, False, False]


def test_no_quiz_and_nonsense(client: Client, lesson: LessonPage) -> None:
    empty = make_lesson(lesson.get_parent().specific)
    assert read(client, empty).status_code == 404
    assert read(client, lesson, "?attempt=7").status_code == 400
    assert client.get(f"/api/v1/lessons/{uuid.uuid4()}/quiz/").status_code == 404
    assert not Attempt.objects.exists()
