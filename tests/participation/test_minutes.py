"""Minutes: kept as a draft, published once, asked for until they are."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from notifications.models import Notification
from participation.models import Decision, Meeting, Minutes
from participation.services.inputs import Word, send_input
from participation.services.minutes import ask_for_minutes
from participation.services.rsvp import answer
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.participation import FollowFactory, MeetingFactory
from ui.words import to_number

pytestmark = pytest.mark.django_db
TYPED = {
    "summary_km": "យើងពិភាក្សាអំពីអណ្ដូង។",
    "came_count": "57",
    "title_km_1": "អណ្ដូងពីរ",
    "title_en_1": "Two wells",
    "outcome_1": "accepted",
    "cost_1": "16500000",
    "title_km_3": "ភ្លើងផ្សារ",
    "title_en_3": "Market lights",
    "outcome_3": "refused",
    "reason_3": "No money this year.",
}


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    return MeetingFactory.create(office=office, over=True)


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def told(kind: str) -> set[str]:
    return {row.recipient.username for row in Notification.objects.filter(kind=f"participation.{kind}")}


def test_a_draft_is_the_offices_and_publishing_tells_everybody_once(
    desk: Client, office: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    meeting = MeetingFactory.create(office=office)
    answer(meeting, by=UserFactory.create(username="guest"), is_coming=True)
    answer(meeting, by=UserFactory.create(username="absent"), is_coming=False)
    send_input(meeting, Word("a road"), by=UserFactory.create(username="writer"))
    FollowFactory.create(commune=meeting.commune, user__username="follower")
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=timezone.now() - timedelta(hours=4),
        ends_at=timezone.now() - timedelta(hours=1),
        input_until_at=timezone.now() - timedelta(hours=5),
    )
    address = f"/en/meetings/{meeting.public_id}/"
    desk.post(f"{address}minutes/", TYPED | {"do": "save"})
    assert ("Two wells" in Client().get(address).text, told("minutes_published")) == (False, set())
    assert "1 input waits for an answer" in desk.get(f"{address}minutes/").text
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(f"{address}minutes/", TYPED | {"do": "publish"})
    page = Client().get(address).text
    for words in (
        "57 people came.",
        "Two wells",
        f"{to_number(16_500_000)} riel",
        "Market lights",
        "No money this year.",
        "Not taken in",
    ):
        assert words in page
    assert told("minutes_published") == {"guest", "writer", "follower"}
    assert [(row.position, row.title_en) for row in Decision.objects.all()] == [(1, "Two wells"), (2, "Market lights")]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"summary_km": "", "do": "publish"}, "Say in a few sentences what was talked about."),
        ({"reason_3": ""}, "Say why it was not taken in"),
        ({"outcome_1": ""}, "Say what was decided."),
        ({"title_km_1": ""}, "Name the project or the question."),
        ({"cost_1": "-5"}, "greater than or equal to 0"),
    ],
)
def test_what_is_missing_comes_back_with_a_sentence(
    desk: Client, meeting: Meeting, changed: dict[str, str], sentence: str
) -> None:
    answered = desk.post(f"/en/meetings/{meeting.public_id}/minutes/", TYPED | changed)
    assert (answered.status_code, sentence in answered.text) == (200, True)
    assert "ភ្លើងផ្សារ" in answered.text
    assert not Minutes.objects.exists()


def test_no_minutes_before_the_meeting(desk: Client, office: Organisation) -> None:
    meeting = MeetingFactory.create(office=office)
    said = desk.post(f"/en/meetings/{meeting.public_id}/minutes/", TYPED).text
    assert "Minutes are written from the day of the meeting on." in said


def test_only_a_verified_office_publishes(client: Client) -> None:
    office = OfficeFactory.create(waiting=True)
    meeting = MeetingFactory.create(office=office, over=True)
    client.force_login(MembershipFactory.create(organisation=office).user)
    assert client.post(f"/en/meetings/{meeting.public_id}/minutes/", TYPED | {"do": "publish"}).status_code == 403
    assert client.post(f"/en/meetings/{meeting.public_id}/minutes/", TYPED | {"do": "save"}).status_code == 302


def test_the_office_is_asked_at_three_and_seven_days_until_they_are_there(meeting: Meeting, clerk: User) -> None:
    counts = []
    for days in (2, 3, 4, 7, 8):
        Meeting.objects.filter(pk=meeting.pk).update(
            starts_at=timezone.now() - timedelta(days=days, hours=3),
            input_until_at=timezone.now() - timedelta(days=days, hours=4),
            ends_at=timezone.now() - timedelta(days=days, minutes=1),
        )
        counts.append(ask_for_minutes())
    Minutes.objects.create(meeting=meeting, published_at=timezone.now())
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=timezone.now() - timedelta(days=15),
        ends_at=timezone.now() - timedelta(days=14, hours=1),
        input_until_at=timezone.now() - timedelta(days=16),
    )
    assert (counts, ask_for_minutes(), told("minutes_due")) == ([0, 1, 0, 1, 0], 0, {"clerk"})


def test_two_clerks_do_not_overwrite_each_other(desk: Client, meeting: Meeting) -> None:
    address = f"/en/meetings/{meeting.public_id}/minutes/"
    desk.post(address, TYPED | {"changed_at": ""})
    seen = Minutes.objects.get().changed_at.isoformat()
    assert f'value="{seen}"' in desk.get(address).text
    assert desk.post(address, TYPED | {"changed_at": seen, "came_count": "60"}).status_code == 302
    late = TYPED | {"changed_at": seen, "came_count": "70"}
    refused = desk.post(address, late)
    assert (refused.status_code, "Yours stand here." in refused.text, 'value="70"' in refused.text) == (409, True, True)
    assert Minutes.objects.get().came_count == 60
    newest = Minutes.objects.get().changed_at.isoformat()
    assert f'value="{newest}"' in refused.text
    for _again in range(2):
        assert desk.post(address, late | {"changed_at": newest}).status_code == 302
    assert Minutes.objects.get().came_count == 70
