"""Chairs of a meeting: never more than there are, in the order in which people asked."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from notifications.models import Notification
from participation.enums import RsvpStatus
from participation.errors import RefusedError
from participation.models import Meeting, Rsvp
from participation.services.meetings import save_meeting
from participation.services.rsvp import answer
from tests.factories.accounts import UserFactory
from tests.factories.participation import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    return MeetingFactory.create(office=office, capacity=2)


def states(meeting: Meeting) -> list[str]:
    return list(meeting.rsvps.order_by("pk").values_list("status", flat=True))


def count(meeting: Meeting) -> int:
    return Meeting.objects.get(pk=meeting.pk).coming_count


def test_the_third_waits_and_moves_up_when_one_leaves(
    meeting: Meeting, django_capture_on_commit_callbacks: Any
) -> None:
    people = [UserFactory.create() for _ in range(4)]
    for person in people:
        answer(meeting, by=person, is_coming=True)
    assert (states(meeting), count(meeting)) == (["coming", "coming", "waiting", "waiting"], 2)
    with django_capture_on_commit_callbacks(execute=True):
        answer(meeting, by=people[0], is_coming=False)
    assert (states(meeting), count(meeting)) == (["not_coming", "coming", "coming", "waiting"], 2)
    assert [row.recipient for row in Notification.objects.all()] == [people[2]]


def test_whoever_comes_back_goes_to_the_end(meeting: Meeting) -> None:
    people = [UserFactory.create() for _ in range(4)]
    for person in people:
        answer(meeting, by=person, is_coming=True)
    answer(meeting, by=people[2], is_coming=False)
    answer(meeting, by=people[2], is_coming=True)
    answer(meeting, by=people[0], is_coming=False)
    assert states(meeting) == ["not_coming", "coming", "waiting", "coming"]


@pytest.mark.parametrize("times", [1, 3])
def test_the_same_answer_again_changes_nothing(meeting: Meeting, learner: User, times: int) -> None:
    for _ in range(times):
        answer(meeting, by=learner, is_coming=True)
    assert (states(meeting), count(meeting)) == (["coming"], 1)
    for _ in range(times):
        answer(meeting, by=learner, is_coming=False)
    assert (states(meeting), count(meeting)) == (["not_coming"], 0)


def test_more_chairs_are_given_to_who_waits(meeting: Meeting, clerk: User) -> None:
    for _ in range(3):
        answer(meeting, by=UserFactory.create(), is_coming=True)
    meeting.refresh_from_db()
    meeting.capacity = 3
    save_meeting(meeting, agenda=[], by=clerk)
    assert (states(meeting), count(meeting)) == (["coming"] * 3, 3)
    meeting.capacity = 2
    with pytest.raises(RefusedError):
        save_meeting(meeting, agenda=[], by=clerk)


def test_nobody_answers_a_meeting_that_is_over(office: Organisation, learner: User, client: Client) -> None:
    past = MeetingFactory.create(office=office, over=True)
    with pytest.raises(RefusedError):
        answer(past, by=learner, is_coming=True)
    client.force_login(learner)
    client.post(f"/en/meetings/{past.public_id}/answer/", {"is_coming": "yes"})
    assert not Rsvp.objects.exists()


def test_the_page_takes_the_answer_and_how_they_heard(client: Client, meeting: Meeting, learner: User) -> None:
    client.force_login(learner)
    address = f"/en/meetings/{meeting.public_id}/"
    said = client.post(f"{address}answer/", {"is_coming": "yes", "channel": "chief"}, follow=True).text
    assert "A chair is kept for you" in said
    client.post(f"{address}answer/", {"is_coming": "no", "channel": ""})
    row = Rsvp.objects.get()
    assert (row.status, row.channel) == (RsvpStatus.NOT_COMING, "chief")
    odd = client.post(f"{address}answer/", {"is_coming": "perhaps", "channel": "dream"})
    assert (odd.status_code, "Select a valid choice" in odd.text) == (200, True)


def test_under_15_reads_only(meeting: Meeting, client: Client) -> None:
    client.force_login(UserFactory.create(birth_year=timezone.localdate().year - 13))
    client.post(f"/en/meetings/{meeting.public_id}/answer/", {"is_coming": "yes"})
    assert client.post(f"/en/meetings/{meeting.public_id}/link/").status_code == 403
    assert (states(meeting), meeting.share_links.count()) == ([], 0)
