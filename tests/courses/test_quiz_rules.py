"""Random draw, attempt limit, wait, hidden answers, and the list of one's attempts."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from courses.enums import AttemptStatus
from courses.models import Answer, Attempt, CourseIndexPage, CoursePage, LessonCompletion, LessonPage
from courses.querysets import Learner
from courses.services import answer_question
from courses.services.drawing import draw
from courses.services.standing import NotNowError
from tests.courses.taking import answer, ids, send, take
from tests.factories.courses import make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage]) -> CoursePage:
    return make_course(indexes["km"])


def make(course: CoursePage, count: int = 2, **rules: Any) -> LessonPage:
    return make_lesson(course, [make_question(text=f"សំណួរ {n}") for n in range(count)], pass_mark=100, **rules)


def questions(*keys: str, pool: str = "") -> list[dict[str, str]]:
    return [{"id": key, "pool": pool} for key in keys]


def test_the_same_seed_draws_the_same_questions() -> None:
    asked = questions(*"abcdefgh")
    drawn = draw(asked, {"": 3}, "seed")
    assert drawn == draw(asked, {"": 3}, "seed")
    assert (len(drawn), drawn) == (3, sorted(drawn))
    assert len({tuple(draw(asked, {"": 3}, str(n))) for n in range(50)}) > 10


def test_what_was_asked_already_is_drawn() -> None:
    asked = questions(*"abcdefgh")
    assert all("h" in draw(asked, {"": 3}, str(n), first="h") for n in range(30))
    assert all(len(draw(asked, {"": 3}, str(n), first="h")) == 3 for n in range(30))


def test_pools_are_drawn_apart() -> None:
    asked = [*questions("a", "b"), *questions(*"cdef", pool="bank")]
    for n in range(20):
        drawn = draw(asked, {"bank": 2}, str(n))
        assert drawn[:2] == ["a", "b"]
        assert len(drawn) == 4
    assert draw(asked, {"": 1, "bank": 9}, "x")[1:] == ["c", "d", "e", "f"]
    assert draw(asked, {}, "x") == []


def test_every_question_is_drawn_about_as_often() -> None:
    asked = questions(*"abcdefgh")
    counts = dict.fromkeys("abcdefgh", 0)
    for n in range(800):
        for key in draw(asked, {"": 2}, str(n)):
            counts[key] += 1
    assert all(140 <= count <= 260 for count in counts.values())


def test_an_attempt_keeps_what_it_drew(client: Client, course: CoursePage, learner: User) -> None:
    lesson = make(course, 6, draw=2)
    client.force_login(learner)
    screen = client.get(f"{lesson.url}quiz/").context["screen"]
    shown = [question["id"] for question in screen.questions]
    assert (len(shown), lesson.question_count) == (2, 2)
    places = [[child.id for child in lesson.questions].index(key) for key in shown]
    answer(client, lesson, places[0])
    attempt = Attempt.objects.get()
    assert (attempt.drawn, attempt.total) == (shown, 2)
    other = Client()
    other.force_login(learner)
    assert [each["id"] for each in other.get(f"{lesson.url}quiz/").context["screen"].questions] == shown
    answer(other, lesson, places[1])
    attempt.refresh_from_db()
    assert (attempt.status, attempt.score, attempt.is_passed) == ("finished", 2, True)


def test_a_visitor_gets_the_questions_the_page_showed(client: Client, course: CoursePage) -> None:
    lesson = make(course, 6, draw=3)
    screen = client.get(f"{lesson.url}quiz/").context["screen"]
    skipped = client.get(f"{lesson.url}quiz/{screen.next_query}").context["screen"]
    assert [each["id"] for each in skipped.questions] == [each["id"] for each in screen.questions]
    assert skipped.index == 1
    place = [child.id for child in lesson.questions].index(skipped.question["id"])
    answer(client, lesson, place, attempt=screen.attempt_id)
    assert Attempt.objects.get().drawn == [each["id"] for each in screen.questions]


def test_the_next_attempt_draws_anew(client: Client, course: CoursePage, learner: User) -> None:
    lesson = make(course, 12, draw=1)
    client.force_login(learner)
    seen = []
    for _ in range(8):
        screen = client.get(f"{lesson.url}quiz/?again=1").context["screen"]
        place = [child.id for child in lesson.questions].index(screen.question["id"])
        answer(client, lesson, place, attempt=screen.attempt_id)
        seen.append(place)
    assert Attempt.objects.filter(status="finished").count() == 8
    assert len(set(seen)) > 2


def test_the_limit_closes_the_quiz_and_says_so(client: Client, course: CoursePage) -> None:
    lesson = make(course, 1, attempt_limit=2)
    take(client, lesson, "0")
    result = client.get(f"{lesson.url}quiz/").content.decode()
    assert "អ្នកនៅធ្វើបាន ១ ដងទៀត។" in result
    take(client, lesson, "0")
    again = client.get(f"{lesson.url}quiz/?again=1")
    assert again.templates[0].name == "courses/quiz_wait.html"
    assert "អ្នកធ្វើគ្រប់ ២ ដងដែលតេស្តនេះអនុញ្ញាតហើយ។" in again.content.decode()
    refused = answer(client, lesson, 0)
    assert (refused.status_code, Attempt.objects.count(), Answer.objects.count()) == (409, 2, 2)


def test_a_set_aside_attempt_is_none(client: Client, course: CoursePage, learner: User) -> None:
    lesson = make(course, 1, attempt_limit=1)
    client.force_login(learner)
    take(client, lesson, "0")
    Attempt.objects.update(status=AttemptStatus.SET_ASIDE)
    assert client.get(f"{lesson.url}quiz/?again=1").templates[0].name == "courses/quiz.html"


def test_an_open_attempt_goes_on_whatever_the_limit(client: Client, course: CoursePage) -> None:
    lesson = make(course, 2, attempt_limit=1)
    answer(client, lesson, 0)
    assert client.get(f"{lesson.url}quiz/").templates[0].name == "courses/quiz.html"
    assert answer(client, lesson, 1).status_code == 302
    assert Attempt.objects.get().is_passed is True


def test_the_wait_says_until_when(client: Client, course: CoursePage) -> None:
    lesson = make(course, 1, wait_minutes=90)
    take(client, lesson, "0")
    Attempt.objects.update(finished_at=timezone.now().replace(year=2026, month=11, day=23, hour=1, minute=0))
    Attempt.objects.update(finished_at=timezone.now() - timedelta(minutes=30))
    page = client.get(f"{lesson.url}quiz/?again=1")
    standing = page.context["standing"]
    assert (standing.may_begin, standing.must_wait) == (False, True)
    assert timedelta(minutes=59) < standing.free_at - timezone.now() <= timedelta(minutes=60)
    assert answer(client, lesson, 0).status_code == 409
    Attempt.objects.update(finished_at=timezone.now() - timedelta(minutes=91))
    assert client.get(f"{lesson.url}quiz/?again=1").templates[0].name == "courses/quiz.html"
    assert answer(client, lesson, 0).status_code == 302


def test_the_service_refuses_like_the_page(course: CoursePage, learner: User) -> None:
    lesson = make(course, 1, attempt_limit=1)

    def reply() -> Answer:
        return answer_question(
            Learner(user=learner),
            lesson=lesson,
            attempt_id=uuid.uuid4(),
            question_id=uuid.UUID(lesson.questions[0].id),
            choices=ids(lesson.questions, 0)[1:2],
            client_id=uuid.uuid4(),
        )

    reply()
    with pytest.raises(NotNowError) as refusal:
        reply()
    assert (refusal.value.standing.left, refusal.value.standing.is_used_up) == (0, True)


def test_hidden_answers_stay_hidden_until_passed(client: Client, course: CoursePage) -> None:
    lesson = make(course, 2, hide_answers=True)
    first = answer(client, lesson, 0, rightly=False)
    attempt = Attempt.objects.get()
    assert first["Location"] == f"{lesson.url}quiz/?attempt={attempt.client_id}"
    assert client.get(first["Location"]).context["screen"].number == 2
    page = client.get(f"{lesson.url}quiz/?attempt={attempt.client_id}&q=1").content.decode()
    assert [text in page for text in ("មតិ 1", "ព្រោះ", "មិនមែននេះទេ", "opt no")] == [False] * 4
    answer(client, lesson, 1)
    result = client.get(f"{lesson.url}quiz/?attempt={attempt.client_id}").content.decode()
    assert ("១ ក្នុង ២" in result, "dot done" in result, "practice" in result) == (True, False, False)


def test_a_hidden_answer_cannot_be_changed(client: Client, course: CoursePage) -> None:
    lesson = make(course, 2, hide_answers=True)
    for rightly in (False, True):
        answer(client, lesson, 0, rightly=rightly)
    assert list(Answer.objects.values_list("is_right", "counts")) == [(False, True)]


def test_after_passing_everything_is_shown(client: Client, course: CoursePage) -> None:
    lesson = make(course, 2, hide_answers=True)
    take(client, lesson, "11")
    attempt = Attempt.objects.get()
    page = client.get(f"{lesson.url}quiz/?attempt={attempt.client_id}&q=1").content.decode()
    assert ("ព្រោះ" in page, "opt ok" in page) == (True, True)
    assert LessonCompletion.objects.count() == 1


def test_rules_are_frozen_with_the_attempt(client: Client, course: CoursePage) -> None:
    lesson = make(course, 3, hide_answers=True, draw=2, attempt_limit=1, wait_minutes=5)
    screen = client.get(f"{lesson.url}quiz/").context["screen"]
    place = [child.id for child in lesson.questions].index(screen.question["id"])
    answer(client, lesson, place, attempt=screen.attempt_id)
    lesson.hide_answers, lesson.draw = False, 0
    lesson.save_revision().publish()
    version = Attempt.objects.get().version
    kept = (version.hide_answers, version.pools, version.attempt_limit, version.wait_minutes)
    assert kept == (True, {"": 2}, 1, 5)
    resumed = client.get(f"{lesson.url}quiz/").context["screen"]
    assert (resumed.hides, resumed.total) == (True, 2)


def test_an_open_attempt_is_found_behind_newer_ones(client: Client, course: CoursePage, learner: User) -> None:
    """Signing in may bring a visitor's newer, finished attempts along."""
    lesson = make(course, 2, attempt_limit=1)
    client.force_login(learner)
    answer(client, lesson, 0)
    opened = Attempt.objects.get()
    for _ in range(3):
        visitor = Client()
        take(visitor, lesson, "00")
    Attempt.objects.exclude(pk=opened.pk).update(user=learner, visitor=None)
    assert client.get(f"{lesson.url}quiz/").context["screen"].attempt == opened


def test_history_lists_ones_own_attempts(client: Client, course: CoursePage, learner: User, stranger: User) -> None:
    lesson = make(course, 2)
    client.force_login(learner)
    take(client, lesson, "10")
    take(client, lesson, "11")
    client.get(f"{lesson.url}quiz/?again=1")
    page = client.get(f"{lesson.url}history/")
    assert [attempt.score for attempt in page.context["attempts"]] == [2, 1]
    other = Client()
    other.force_login(stranger)
    assert list(other.get(f"{lesson.url}history/").context["attempts"]) == []
    assert list(Client().get(f"{lesson.url}history/").context["attempts"]) == []


def test_old_attempts_open_as_they_were(client: Client, course: CoursePage, learner: User) -> None:
    lesson = make(course, 1)
    client.force_login(learner)
    take(client, lesson, "0")
    take(client, lesson, "1")
    old = Attempt.objects.order_by("pk").first()
    page = client.get(f"{lesson.url}quiz/?attempt={old.client_id}")
    assert page.context["attempt"] == old


def test_an_attempt_id_of_another_lesson_begins_anew(client: Client, course: CoursePage) -> None:
    first, second = make(course, 2), make(course, 2)
    answer(client, first, 0)
    attempt = Attempt.objects.get()
    send(client, f"{second.url}quiz/", second.questions[0].id, attempt.client_id, choice=ids(second.questions, 0)[0])
    assert Attempt.objects.count() == 2


def test_a_phone_without_network_gets_the_questions_of_its_saved_pages(
    client: Client, course: CoursePage, learner: User
) -> None:
    """They were fetched for nobody, by the attempt's id; whoever is signed in when they arrive."""
    lesson = make(course, 12, draw=4)
    attempt_id = uuid.uuid4()
    screen = client.get(f"{lesson.url}quiz/?attempt={attempt_id}").context["screen"]
    shown = [question["id"] for question in screen.questions]
    client.force_login(learner)
    moment = (timezone.now() - timedelta(hours=3)).isoformat()
    clocks = {"happened_at": moment, "sent_at": timezone.now().isoformat()}
    for key in shown:
        place = [child.id for child in lesson.questions].index(key)
        assert answer(client, lesson, place, attempt=attempt_id, **clocks).status_code == 302
    attempt = Attempt.objects.get()
    assert (attempt.drawn, attempt.status, attempt.is_passed) == (shown, "finished", True)
