"""A question that insults is reported past the office; the programme decides, and that stands."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.rules import STAFF
from accounts.signals import exporting
from notifications.models import Notification
from participation.enums import AsideReason, QuestionState
from participation.models import LiveRoom, Question, QuestionReport
from participation.services.room import asking, opening
from participation.services.room.voices import Voice
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.participation import MeetingFactory

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[object]]


@pytest.fixture
def room(office: Organisation, clerk: User) -> LiveRoom:
    begin = timezone.now() - timedelta(hours=1)
    meeting = MeetingFactory.create(office=office, starts_at=begin, ends_at=begin + timedelta(hours=3))
    return opening.open_room(meeting, by=clerk, takes_guests=True)


@pytest.fixture
def question(room: LiveRoom) -> Question:
    return asking.ask(room, voice=Voice(guest="a" * 32), text="Why is Sok such a thief?")


@pytest.fixture
def officer() -> User:
    officer = UserFactory.create(username="officer")
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return officer


def test_past_the_office_to_the_programme_and_it_stands(
    client: Client, room: LiveRoom, question: Question, officer: User, clerk: User, learner: User,
    django_capture_on_commit_callbacks: Commits,
) -> None:  # fmt: skip
    at = f"/en/meetings/{room.meeting.public_id}/room/"
    report = f"{at}questions/1/report/"
    assert Client().get(report).headers["Location"].endswith("#take-part")
    client.force_login(learner)
    assert report in client.get(at).text
    assert "Why is Sok such a thief?" in client.get(report).text
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(report, {"reason": "time"}).status_code == 200
        for _tap in range(2):
            client.post(report, {"reason": AsideReason.PERSONAL})
    assert QuestionReport.objects.get().user == learner
    assert Notification.objects.get(kind="participation.question_reported").recipient == officer
    desk = Client()
    desk.force_login(clerk)
    settle = f"{at}questions/1/settle/"
    assert [desk.get("/en/participation/room-reports/").status_code, desk.post(settle).status_code] == [403, 403]
    programme = Client()
    programme.force_login(officer)
    assert "Why is Sok such a thief?" in programme.get("/en/participation/room-reports/").text
    for _click in range(2):
        programme.post(settle, {"do": "out"})
    question.refresh_from_db()
    room.refresh_from_db()
    assert (question.state, question.reason, room.question_count) == (QuestionState.ASIDE, AsideReason.PERSONAL, 0)
    desk.post(f"{at}questions/1/", {"act": "back"})
    question.refresh_from_db()
    assert [question.state, "such a thief" in client.get(at).text] == [QuestionState.ASIDE, False]
    assert "No question is reported" in programme.get("/en/participation/room-reports/").text
    parts: dict[str, dict[str, dict[str, list[object]]]] = {}
    exporting.send(None, user=learner, parts=parts)
    assert len(parts["participation"]["traces"]["questions_reported"]) == 1


def test_what_stands_stands_and_nobody_of_the_office_decides(
    client: Client, room: LiveRoom, question: Question, officer: User, office: Organisation
) -> None:
    QuestionReport.objects.create(question=question, guest="b" * 32, reason=AsideReason.PARTY)
    own = MembershipFactory.create(organisation=office).user
    own.groups.add(Group.objects.get(name=STAFF))
    client.force_login(own)
    settle = f"/en/meetings/{room.meeting.public_id}/room/questions/1/settle/"
    assert "such a thief" not in client.get("/en/participation/room-reports/").text
    assert client.post(settle, {"do": "out"}).status_code == 403
    client.force_login(officer)
    client.post(settle, {"do": "stay"})
    question.refresh_from_db()
    report = QuestionReport.objects.get()
    assert (question.state, report.is_upheld, report.settled_by) == (QuestionState.WAITING, False, officer)
