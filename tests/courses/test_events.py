"""Batches from phones: stored once, late ones as late, wrong clocks put right, and what they say is done."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import User
from courses.models import CourseIndexPage, Enrolment, LessonCompletion, LessonPage, ProgressEvent, SkillGrant
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/me/events/"


def tell(kind: str, key: uuid.UUID, ago: timedelta = timedelta(), **more: Any) -> dict[str, Any]:
    moment = timezone.now() - ago
    return {"id": str(uuid.uuid4()), "kind": kind, "key": str(key), "happened_at": moment.isoformat(), **more}


def send(client: Client, *events: dict[str, Any], sent_at: datetime | None = None) -> list[str]:
    body = {"events": list(events), "sent_at": sent_at.isoformat() if sent_at else None}
    answer = client.post(ADDRESS, body, content_type="application/json")
    assert answer.status_code == 200, answer.json()
    return [each["outcome"] for each in answer.json()["events"]]


@pytest.fixture
def lessons(indexes: dict[str, CourseIndexPage]) -> list[LessonPage]:
    course = make_course(indexes["km"], [SkillFactory.create()])
    return [make_lesson(course) for _ in range(2)]


def test_events_complete_lessons_and_finish_the_course(
    client: Client, learner: User, lessons: list[LessonPage]
) -> None:
    client.force_login(learner)
    first, second = (lesson.translation_key for lesson in lessons)
    assert send(client, tell("opened", first), tell("studied", first, seconds=240), tell("done", first)) == [
        "stored",
        "stored",
        "stored",
    ]
    enrolment = Enrolment.objects.get(user=learner)
    assert enrolment.finished_at is None
    send(client, tell("done", second))
    enrolment.refresh_from_db()
    assert enrolment.finished_at is not None
    assert set(LessonCompletion.objects.values_list("lesson_key", flat=True)) == {first, second}
    assert SkillGrant.objects.filter(user=learner).count() == 1
    assert sorted(ProgressEvent.objects.values_list("kind", "seconds")) == [
        ("done", 0),
        ("done", 0),
        ("opened", 0),
        ("studied", 240),
    ]


def test_a_strange_event_takes_no_other_along(client: Client, learner: User, lessons: list[LessonPage]) -> None:
    """A course is not done like a lesson, but its enrolment in the same batch is sound."""
    client.force_login(learner)
    key = lessons[0].get_parent().translation_key
    assert send(client, tell("enrolled", key), tell("done", key)) == ["stored", "gone"]
    assert send(client, tell("enrolled", lessons[0].translation_key)) == ["gone"]


def test_the_same_event_twice_is_one(client: Client, learner: User, lessons: list[LessonPage]) -> None:
    client.force_login(learner)
    event = tell("done", lessons[0].translation_key)
    assert send(client, event, event) == ["stored", "known"]
    assert send(client, event) == ["known"]
    assert (ProgressEvent.objects.count(), LessonCompletion.objects.count()) == (1, 1)


def test_an_id_of_somebody_else_is_refused(
    client: Client, learner: User, stranger: User, lessons: list[LessonPage]
) -> None:
    event = tell("done", lessons[0].translation_key)
    client.force_login(stranger)
    send(client, event)
    client.force_login(learner)
    assert send(client, event) == ["refused"]
    assert not LessonCompletion.objects.filter(user=learner).exists()


def test_a_lesson_that_went_away_stops_no_other(client: Client, learner: User, lessons: list[LessonPage]) -> None:
    client.force_login(learner)
    draft = make_lesson(lessons[0].get_parent().specific)
    LessonPage.objects.get(pk=draft.pk).unpublish()
    key = lessons[0].translation_key
    assert send(client, tell("done", uuid.uuid4()), tell("done", draft.translation_key), tell("done", key)) == [
        "gone",
        "gone",
        "stored",
    ]


def test_a_late_event_is_kept_as_late(client: Client, learner: User, lessons: list[LessonPage]) -> None:
    client.force_login(learner)
    event = tell("done", lessons[0].translation_key, ago=timedelta(days=3))
    send(client, event, sent_at=timezone.now())
    row = ProgressEvent.objects.get()
    assert row.is_late
    assert row.happened_at == datetime.fromisoformat(event["happened_at"])
    assert row.received_at - row.happened_at > timedelta(days=2, hours=23)
    assert LessonCompletion.objects.get().happened_at == row.happened_at


@pytest.mark.parametrize("wrong", [timedelta(days=365), timedelta(days=-365)])
def test_a_clock_that_is_a_year_wrong_is_put_right(
    client: Client, learner: User, lessons: list[LessonPage], wrong: timedelta
) -> None:
    client.force_login(learner)
    true = timezone.now() - timedelta(hours=1)
    event = tell("done", lessons[0].translation_key) | {"happened_at": (true + wrong).isoformat()}
    send(client, event, sent_at=timezone.now() + wrong)
    row = ProgressEvent.objects.get()
    assert abs(row.happened_at - true) < timedelta(seconds=5)
    assert abs(row.clock_offset + wrong.total_seconds()) < 5
    assert not row.is_late


def test_a_future_without_a_clock_to_compare_is_the_arrival(
    client: Client, learner: User, lessons: list[LessonPage]
) -> None:
    client.force_login(learner)
    send(client, tell("done", lessons[0].translation_key, ago=timedelta(days=-365)))
    assert abs(ProgressEvent.objects.get().happened_at - timezone.now()) < timedelta(seconds=5)


@pytest.mark.parametrize(("told", "sent"), [(9999, 1), (1, 9999)])
def test_clocks_at_the_ends_of_the_calendar_are_the_arrival(
    client: Client, learner: User, lessons: list[LessonPage], told: int, sent: int
) -> None:
    client.force_login(learner)
    happened_at, sent_at = (datetime(year, 6, 1, tzinfo=UTC) for year in (told, sent))
    event = tell("opened", lessons[0].translation_key) | {"happened_at": happened_at.isoformat()}
    assert send(client, event, sent_at=sent_at) == ["stored"]
    assert abs(ProgressEvent.objects.get().happened_at - timezone.now()) < timedelta(minutes=1)


def test_a_visitor_learns_and_takes_it_along(client: Client, learner: User, lessons: list[LessonPage]) -> None:
    send(client, tell("done", lessons[0].translation_key))
    row = ProgressEvent.objects.get()
    assert (row.user, str(row.visitor)) == (None, client.cookies["visitor"].value.partition(":")[0])


def test_a_page_of_somebody_else_cannot_send_for_a_visitor(lessons: list[LessonPage]) -> None:
    answer = Client(enforce_csrf_checks=True).post(
        ADDRESS, {"events": [tell("done", lessons[0].translation_key)]}, content_type="application/json"
    )
    assert answer.status_code == 403
    assert not ProgressEvent.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"events": []}, "events"),
        ({"events": [{"id": "x"}]}, "events"),
        ({"events": [tell("done", uuid.uuid4())] * 501}, "events"),
        ({"events": [tell("danced", uuid.uuid4())]}, "events"),
        ({"events": [tell("studied", uuid.uuid4(), seconds=99999)]}, "events"),
        ({"events": [tell("done", uuid.uuid4())], "sent_at": "yesterday"}, "sent_at"),
    ],
)
def test_a_batch_that_cannot_be_read_says_where(
    client: Client, learner: User, body: dict[str, Any], field: str
) -> None:
    client.force_login(learner)
    answer = client.post(ADDRESS, body, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_five_hundred_events_cost_at_most_twenty_queries(
    learner: User, indexes: dict[str, CourseIndexPage], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lessons = []
    for _ in range(5):
        course = make_course(indexes["km"], [SkillFactory.create()])
        lessons += [make_lesson(course) for _ in range(10)]
    unfinished = make_lesson(make_course(indexes["km"]), [make_question()])
    kinds = [("opened", {}), *[("studied", {"seconds": 60})] * 8, ("done", {})]
    events = [tell(kind, each.translation_key, **more) for each in lessons[:49] for kind, more in kinds]
    events += [tell("done", unfinished.translation_key), tell("enrolled", course.translation_key)]
    events += [tell("done", lessons[49].translation_key)] + [
        tell("studied", lessons[49].translation_key, seconds=9) for _ in range(7)
    ]
    assert len(events) == 500
    client = APIClient()
    client.force_authenticate(learner)
    with django_assert_max_num_queries(20):
        answer = client.post(ADDRESS, {"events": events}, format="json")
    assert {each["outcome"] for each in answer.json()["events"]} == {"stored"}
    assert ProgressEvent.objects.count() == 500
    assert Enrolment.objects.filter(user=learner, finished_at__isnull=False).count() == 5


def test_a_form_that_waited_on_the_phone_says_when(client: Client, learner: User, lessons: list[LessonPage]) -> None:
    client.force_login(learner)
    now = timezone.now()
    fields = {"happened_at": (now - timedelta(days=2)).isoformat(), "sent_at": now.isoformat()}
    client.post(f"/km/learn/lessons/{lessons[0].translation_key}/done/", fields)
    kept = LessonCompletion.objects.get()
    assert kept.happened_at == now - timedelta(days=2)
    assert kept.received_at - kept.happened_at > timedelta(days=1)


def test_a_form_with_a_nonsense_clock_counts_as_now(client: Client, learner: User, lessons: list[LessonPage]) -> None:
    client.force_login(learner)
    client.post(f"/km/learn/lessons/{lessons[0].translation_key}/done/", {"happened_at": "yesterday"})
    assert timezone.now() - LessonCompletion.objects.get().happened_at < timedelta(seconds=20)
