"""Who hears what: whoever was told of a day hears of another, whoever came reads the minutes."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from notifications.models import Notification
from participation.models import CheckIn, Meeting
from participation.services.inputs import Word, send_input
from participation.services.meetings import call_off, save_meeting
from participation.services.minutes import Text, save_minutes
from participation.services.planning import PlannedStep, drop_dates, set_dates
from participation.services.rsvp import answer
from tests.factories.accounts import UserFactory
from tests.factories.participation import PDF, FollowFactory, MeetingFactory, PaperFactory
from volunteers.enums import Arrival

pytestmark = pytest.mark.django_db
Commits = Callable[..., AbstractContextManager[object]]


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=f"participation.{kind}")
    return sorted(rows.values_list("recipient__username", flat=True))


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    """One follows its commune, one comes and follows too, one sent input."""
    meeting = MeetingFactory.create(office=office)
    FollowFactory.create(commune=meeting.commune, user__username="follower")
    both = FollowFactory.create(commune=meeting.commune, user__username="guest").user
    answer(meeting, by=both, is_coming=True)
    send_input(meeting, Word("a road"), by=UserFactory.create(username="writer"))
    return meeting


def test_of_another_day_everybody_hears_who_heard_of_the_first(
    meeting: Meeting, clerk: User, django_capture_on_commit_callbacks: Commits
) -> None:
    meeting.starts_at += timedelta(days=1)
    meeting.ends_at += timedelta(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        save_meeting(meeting, agenda=[], by=clerk)
    assert told("meeting_changed") == ["follower", "guest", "writer"]


def test_of_a_calling_off_too(meeting: Meeting, clerk: User, django_capture_on_commit_callbacks: Commits) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        call_off(meeting, by=clerk, reason="Flood.")
    assert told("meeting_cancelled") == ["follower", "guest", "writer"]


def test_whoever_checked_in_reads_the_minutes(
    office: Organisation, clerk: User, django_capture_on_commit_callbacks: Commits
) -> None:
    meeting = MeetingFactory.create(office=office, over=True)
    for name, is_counted in (("came", True), ("unsure", False)):
        CheckIn.objects.create(
            meeting=meeting, user=UserFactory.create(username=name), is_counted=is_counted, client_id=uuid.uuid4(),
            arrival=Arrival.CODE if is_counted else Arrival.UNPROVED, happened_at=timezone.now(),
        )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        save_minutes(meeting, Text("សេចក្តីសម្រេច"), lines=[], by=clerk, publishes=True)
    assert told("minutes_published") == ["came", "unsure"]


def test_of_a_newer_paper_followers_hear_once(
    client: Client, office: Organisation, clerk: User, django_capture_on_commit_callbacks: Commits
) -> None:
    paper = PaperFactory.create(office=office)
    FollowFactory.create(commune=paper.commune, user__username="follower")
    client.force_login(clerk)
    fields = {"client_id": str(uuid.uuid4()), "note": "Sum corrected"}
    for _tap in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            upload = SimpleUploadedFile("plan.pdf", PDF + b"\n", "application/pdf")
            client.post(f"/en/documents/{paper.public_id}/replace/", fields | {"file": upload})
    assert told("paper_replaced") == ["follower"]
    client.force_login(Notification.objects.get(kind="participation.paper_replaced").recipient)
    assert "Sum corrected" in client.get("/en/notifications/").text


def test_of_dates_that_are_taken_away_followers_hear(
    office: Organisation, clerk: User, django_capture_on_commit_callbacks: Commits
) -> None:
    commune = office.commune
    FollowFactory.create(commune=commune, user__username="follower")
    drop_dates(commune, 2027)
    assert told("dates_changed") == []
    day = timezone.localdate()
    set_dates(commune, 2027, steps=[PlannedStep("village", day, day)], source="", by=clerk)  # type: ignore[arg-type]
    with django_capture_on_commit_callbacks(execute=True):
        drop_dates(commune, 2027)
        drop_dates(commune, 2027)
    assert told("dates_changed") == ["follower"]
