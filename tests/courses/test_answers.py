"""Answers from phones that had no network: marked once, in order, whatever arrives twice or too late."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.models import Answer, Attempt, CourseIndexPage, LessonCompletion, LessonPage
from tests.factories.courses import make_course, make_lesson, make_question, make_typed

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/me/answers/"


@pytest.fixture
def lesson(indexes: dict[str, CourseIndexPage]) -> LessonPage:
    number = make_typed("number", answer="12000", tolerance="0", unit="")
    return make_lesson(make_course(indexes["km"]), [make_question(), number])


def answers_to(lesson: LessonPage, attempt: uuid.UUID, text: str = "១២ ០០០", **more: Any) -> list[dict[str, Any]]:
    """Both questions answered rightly, as the phone kept them yesterday."""
    first, second = lesson.questions
    right = next(item.id for item in first.value["choices"].bound_blocks if item.value["right"])
    moment = (timezone.now() - timedelta(days=2)).isoformat()
    common = {"attempt": str(attempt), "lesson": str(lesson.translation_key), "happened_at": moment, **more}
    return [
        {"id": str(uuid.uuid4()), "question": first.id, "choices": [right], **common},
        {"id": str(uuid.uuid4()), "question": second.id, "text": text, **common},
    ]


def send(client: Client, answers: list[dict[str, Any]]) -> list[tuple[str, bool | None]]:
    body = {"answers": answers, "sent_at": timezone.now().isoformat()}
    answer = client.post(ADDRESS, body, content_type="application/json")
    assert answer.status_code == 200, answer.json()
    return [(each["outcome"], each["is_right"]) for each in answer.json()["answers"]]


def test_a_quiz_taken_without_network_is_marked_when_it_arrives(
    client: Client, learner: User, lesson: LessonPage
) -> None:
    client.force_login(learner)
    attempt_id = uuid.uuid4()
    sent = answers_to(lesson, attempt_id)
    assert send(client, sent) == [("stored", True), ("stored", True)]
    attempt = Attempt.objects.get()
    assert (attempt.client_id, attempt.is_passed, attempt.score) == (attempt_id, True, 2)
    assert LessonCompletion.objects.filter(user=learner, lesson_key=lesson.translation_key).exists()
    assert timezone.now() - attempt.happened_at > timedelta(days=1)
    assert attempt.received_at - attempt.happened_at > timedelta(days=1)


def test_sent_again_nothing_changes(client: Client, learner: User, lesson: LessonPage) -> None:
    client.force_login(learner)
    sent = answers_to(lesson, uuid.uuid4())
    send(client, sent[:1])
    assert send(client, sent) == [("known", True), ("stored", True)]
    assert send(client, [sent[1], sent[1]]) == [("known", True), ("known", True)]
    assert (Attempt.objects.count(), Answer.objects.count()) == (1, 2)


def test_two_phones_that_finish_the_same_quiz_share_one_attempt(
    client: Client, learner: User, lesson: LessonPage
) -> None:
    """The first answer to a question counts, whichever phone it came from; the other one is kept as practice."""
    client.force_login(learner)
    here, there = answers_to(lesson, uuid.uuid4()), answers_to(lesson, uuid.uuid4(), text="7")
    send(client, here[:1])
    assert send(client, there) == [("stored", True), ("stored", False)]
    assert send(client, here[1:]) == [("stored", True)]
    attempts = Attempt.objects.filter(purpose="quiz")
    assert [(each.score, each.total, each.status) for each in attempts] == [(1, 2, "finished")]
    assert Answer.objects.count() == 4


def test_what_cannot_be_kept_stops_no_other(client: Client, learner: User, lesson: LessonPage) -> None:
    client.force_login(learner)
    first, second = answers_to(lesson, uuid.uuid4())
    gone = first | {"id": str(uuid.uuid4()), "lesson": str(uuid.uuid4())}
    strange = first | {"id": str(uuid.uuid4()), "question": str(uuid.uuid4())}
    unfit = first | {"id": str(uuid.uuid4()), "choices": [str(uuid.uuid4())]}
    assert send(client, [gone, strange, unfit, first, second]) == [
        ("gone", None),
        ("gone", None),
        ("unfit", None),
        ("stored", True),
        ("stored", True),
    ]


def test_a_quiz_that_allows_no_new_attempt_says_so(client: Client, learner: User, lesson: LessonPage) -> None:
    client.force_login(learner)
    lesson.attempt_limit = 1
    lesson.save_revision().publish()
    send(client, answers_to(lesson, uuid.uuid4(), text="7"))
    assert send(client, answers_to(lesson, uuid.uuid4())) == [("not_now", None), ("not_now", None)]
    assert Attempt.objects.count() == 1


def test_hidden_answers_stay_hidden(client: Client, learner: User, lesson: LessonPage) -> None:
    client.force_login(learner)
    lesson.hide_answers = True
    lesson.save_revision().publish()
    assert send(client, answers_to(lesson, uuid.uuid4(), text="7")) == [("stored", None), ("stored", None)]


def test_an_answer_id_of_somebody_else_is_refused(
    client: Client, learner: User, stranger: User, lesson: LessonPage
) -> None:
    sent = answers_to(lesson, uuid.uuid4())[:1]
    client.force_login(stranger)
    send(client, sent)
    client.force_login(learner)
    assert send(client, sent) == [("refused", None)]
    assert not Attempt.objects.filter(user=learner).exists()


def test_attempts_list_is_ones_own(client: Client, learner: User, stranger: User, lesson: LessonPage) -> None:
    client.force_login(learner)
    attempt_id = uuid.uuid4()
    send(client, answers_to(lesson, attempt_id))
    listed = client.get("/api/v1/me/attempts/").json()["results"]
    assert [(each["id"], each["score"], each["total"], each["is_passed"]) for each in listed] == [
        (str(attempt_id), 2, 2, True)
    ]
    client.force_login(stranger)
    assert client.get("/api/v1/me/attempts/").json()["results"] == []


@pytest.mark.parametrize("wrong", [{"id": "7"}, {"choices": ["x"]}, {"happened_at": "now"}, {"text": "x" * 401}])
def test_answers_that_cannot_be_read_say_where(
    client: Client, learner: User, lesson: LessonPage, wrong: dict[str, Any]
) -> None:
    client.force_login(learner)
    sent = [answers_to(lesson, uuid.uuid4())[0] | wrong]
    answer = client.post(ADDRESS, {"answers": sent}, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, ["answers"])
    assert not Attempt.objects.exists()
