"""Learning records as xAPI statements: complete, without names, of one's own courses only, the same each time."""

import datetime
import json
import uuid
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses.enums import EventKind
from courses.models import Answer, Attempt, CourseIndexPage, CoursePage, Enrolment, LessonCompletion, ProgressEvent
from courses.services import set_up_publisher
from courses.services.freezing import freeze
from courses.services.xapi import PROGRAMME, Period, find_audiences, list_statements, stream_statements
from tests.factories.accounts import MembershipFactory, NgoFactory, UserFactory
from tests.factories.courses import make_course, make_lesson, make_question

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 5)
NOON = datetime.datetime(2026, 3, 5, 12, tzinfo=timezone.get_default_timezone())
MARCH = Period(datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))


def learn(course: CoursePage, user: User | None = None, at: datetime.datetime = NOON, *, passes: bool = True) -> None:
    """One person does everything in a course of one lesson; without a user it is a visitor."""
    who: dict[str, Any] = {"user": user, "visitor": None if user else uuid.uuid4()}
    lesson = course.get_children().specific().first() or make_lesson(course, [make_question()])
    keys = {"course_key": course.translation_key}
    both = {**keys, "lesson_key": lesson.translation_key}
    Enrolment.objects.create(**who, **keys, started_at=at, touched_at=at, finished_at=at)
    ProgressEvent.objects.create(**who, **both, kind=EventKind.STUDIED, seconds=90, happened_at=at)
    LessonCompletion.objects.create(**who, **both, happened_at=at)
    version = freeze(lesson)
    attempt = Attempt.objects.create(
        **who,
        **both,
        version=version,
        happened_at=at,
        finished_at=at,
        status="finished",
        total=1,
        score=int(passes),
        is_passed=passes,
    )
    question = version.questions[0]
    Answer.objects.create(
        attempt=attempt,
        question_id=question["id"],
        choices=[question["choices"][0]["id"]],
        is_right=passes,
        counts=True,
        happened_at=at,
    )


@pytest.fixture
def course(indexes: dict[str, CourseIndexPage], ngo: Organisation) -> CoursePage:
    return make_course(set_up_publisher(ngo)["km"])


def audiences(course: CoursePage, ngo: Organisation) -> dict[uuid.UUID, str]:
    return {course.translation_key: str(ngo.public_id)}


def verbs(statements: list[dict[str, Any]]) -> list[str]:
    return [statement["verb"]["display"]["en"] for statement in statements]


def test_everything_is_told_once(course: CoursePage, ngo: Organisation, learner: User) -> None:
    learn(course, learner)
    learn(course, passes=False)
    told = list(list_statements(audiences(course, ngo), MARCH))
    assert verbs(told) == [
        *["experienced"] * 4, *["completed"] * 2, "answered", "answered", "passed", "failed", "completed", "completed"
    ]  # fmt: skip
    assert len({statement["id"] for statement in told}) == 12
    assert told == list(list_statements(audiences(course, ngo), MARCH))
    assert len({statement["actor"]["account"]["name"] for statement in told}) == 2
    passed = told[8]
    assert passed["result"] == {
        "score": {"raw": 1, "min": 0, "max": 1, "scaled": 1.0}, "completion": True, "success": True
    }  # fmt: skip
    assert passed["context"]["registration"] == told[6]["context"]["registration"]
    assert told[6]["object"]["definition"]["interactionType"] == "choice"
    assert told[10]["object"]["definition"]["name"] == {"km": course.title}


def test_statements_have_what_the_standard_asks_for(course: CoursePage, ngo: Organisation, learner: User) -> None:
    learn(course, learner)
    for statement in json.loads("".join(stream_statements(audiences(course, ngo), MARCH))):
        assert statement["version"] == "1.0.3"
        assert uuid.UUID(statement["id"]).version == 5
        assert list(statement["actor"]) == ["objectType", "account"]
        assert set(statement["actor"]["account"]) == {"homePage", "name"}
        assert statement["verb"]["id"].startswith("http://adlnet.gov/expapi/verbs/")
        assert statement["object"]["id"].startswith("urn:uuid:")
        assert datetime.datetime.fromisoformat(statement["timestamp"]).tzinfo is not None


def test_nobody_is_named(course: CoursePage, ngo: Organisation) -> None:
    person = UserFactory.create(username="zq-name", email="zq@x.test", family_name_km="zq", phone="+85512345678")
    learn(course, person)
    attempt = Attempt.objects.get()
    typed = {"choices": [], "text": "zq typed", "is_right": False}
    Answer.objects.create(attempt=attempt, question_id=uuid.uuid4(), counts=True, happened_at=NOON, **typed)
    text = "".join(stream_statements(audiences(course, ngo), MARCH))
    assert not [word for word in ("zq", "+855", str(person.public_id)) if word in text]


def test_one_person_is_another_to_another_organisation(course: CoursePage, ngo: Organisation, learner: User) -> None:
    other = NgoFactory.create()
    foreign = make_course(set_up_publisher(other)["km"])
    for each in (course, foreign):
        learn(each, learner)
    told = [list_statements(audiences(*pair), MARCH) for pair in ((course, ngo), (foreign, other))]
    names = [{statement["actor"]["account"]["name"] for statement in each} for each in told]
    assert (len(names[0]), len(names[1]), names[0] & names[1]) == (1, 1, set())


def test_days_are_those_of_the_calendar_here(course: CoursePage, ngo: Organisation, learner: User) -> None:
    begin = datetime.datetime(2026, 3, 5, tzinfo=timezone.get_default_timezone())
    last = begin + datetime.timedelta(hours=23, minutes=59)
    for at in (begin, last, begin - datetime.timedelta(minutes=1), last + datetime.timedelta(minutes=1)):
        learn(course, UserFactory.create(), at)
    told = list(list_statements(audiences(course, ngo), Period(DAY, DAY)))
    assert len(told) == 12


def test_only_the_courses_of_ones_own_organisation(course: CoursePage, ngo: Organisation, indexes: Any) -> None:
    foreign = make_course(set_up_publisher(NgoFactory.create())["km"])
    programme = make_course(indexes["km"])
    staff = UserFactory.create(is_superuser=True)
    author = MembershipFactory.create(organisation=ngo, role=MembershipRole.AUTHOR).user
    assert find_audiences(author) == audiences(course, ngo)
    assert find_audiences(staff)[programme.translation_key] == PROGRAMME
    assert set(find_audiences(staff)) == {each.translation_key for each in (course, foreign, programme)}
    assert find_audiences(UserFactory.create()) == {}


def test_the_download(course: CoursePage, ngo: Organisation, learner: User) -> None:
    learn(course, learner)
    learn(make_course(set_up_publisher(NgoFactory.create())["km"]), learner)
    client = Client()
    client.force_login(MembershipFactory.create(organisation=ngo, role=MembershipRole.PUBLISHER).user)
    assert client.get(reverse("course-xapi")).status_code == 200
    wrong = client.get(reverse("course-xapi"), {"since": "2026-03-02", "until": "2026-03-01"})
    assert list(wrong.context["form"].errors) == ["until"]
    response = client.get(reverse("course-xapi"), {"since": "2026-03-01", "until": "2026-03-31"})
    statements = json.loads(b"".join(response.streaming_content))  # type: ignore[arg-type]
    assert (response["Content-Type"], len(statements)) == ("application/json", 6)
    parents = {one["context"]["contextActivities"]["parent"][0]["id"] for one in statements}
    assert parents == {f"urn:uuid:{course.translation_key}"}


@pytest.mark.parametrize("role", [None, MembershipRole.FACILITATOR])
def test_who_has_no_admin_downloads_nothing(course: CoursePage, ngo: Organisation, role: Any) -> None:
    user = MembershipFactory.create(organisation=ngo, role=role).user if role else UserFactory.create()
    client = Client()
    client.force_login(user)
    assert client.get(reverse("course-xapi"), {"since": "2026-03-01", "until": "2026-03-31"}).status_code == 302


def test_the_command(course: CoursePage, ngo: Organisation, learner: User, tmp_path: Any) -> None:
    learn(course, learner)
    out = tmp_path / "records.json"
    days = ("2026-03-01", "2026-03-31")
    call_command("export_xapi", *days, organisation=str(ngo.public_id), out=out)
    assert len(json.loads(out.read_text())) == 6
    with pytest.raises(CommandError):
        call_command("export_xapi", *days, organisation=str(uuid.uuid4()))


def test_queries_stay_the_same_for_many(course: CoursePage, ngo: Organisation) -> None:
    counts = []
    for more in (1, 3):
        for _ in range(more):
            learn(course, UserFactory.create())
        with CaptureQueriesContext(connection) as queries:
            list(list_statements(audiences(course, ngo), MARCH))
        counts.append(len(queries))
    assert counts[0] == counts[1] == 8
