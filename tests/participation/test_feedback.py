"""Asked after two hours and seven days, answered by one tap, told as sums of enough answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.signals import exporting
from notifications.models import Notification
from participation.enums import FeedbackStage, MissedBecause, Opinion
from participation.models import CheckIn, Choice, ChoiceQuestion, Meeting, MeetingFeedback
from participation.services.facts import read_facts
from participation.services.feedback.answering import find_asked, make_address, say
from participation.services.feedback.asking import ask_for_feedback, list_missed
from participation.services.feedback.reading import read_feedback, reply
from participation.services.rsvp import answer
from tests.factories.accounts import UserFactory
from tests.factories.participation import FollowFactory, MeetingFactory
from ui.small_groups import PUBLIC_LEAST

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    """Ended two hours and a minute ago."""
    ended = timezone.now() - timedelta(hours=2, minutes=1)
    return MeetingFactory.create(office=office, starts_at=ended - timedelta(hours=3), ends_at=ended)


def come(meeting: Meeting, person: User) -> None:
    CheckIn.objects.create(meeting=meeting, user=person, arrival="code", is_counted=True, happened_at=meeting.starts_at)


def tell(meeting: Meeting, word: Opinion | MissedBecause, people: int, stage: FeedbackStage) -> list[User]:
    found = [UserFactory.create() for _ in range(people)]
    for person in found:
        asked = find_asked(make_address(meeting, person, stage).split("/")[-2])
        assert asked is not None
        say(asked, word)
    return found


def test_who_came_and_who_did_not_are_asked_once_each_stage(
    meeting: Meeting, django_capture_on_commit_callbacks: Any
) -> None:
    came, missed = UserFactory.create(username="came"), UserFactory.create(username="missed")
    come(meeting, came)
    FollowFactory.create(commune=meeting.commune, user=came)
    FollowFactory.create(commune=meeting.commune, user__username="follower")
    MeetingFactory.create(office=meeting.office)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now() + timedelta(hours=1))
    answer(meeting, by=missed, is_coming=True)
    assert ask_for_feedback() == 0
    for days, expected in ((0, 1), (7, 1), (8, 0)):
        ended = timezone.now() - timedelta(days=days, hours=2, minutes=1)
        rows = Meeting.objects.filter(pk=meeting.pk)
        rows.update(ends_at=ended, starts_at=ended - timedelta(hours=3), input_until_at=ended - timedelta(days=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert (ask_for_feedback(), ask_for_feedback()) == (expected, 0)
    notes = Notification.objects.filter(kind__startswith="participation.meeting_").select_related("recipient")
    assert sorted((note.kind.split(".")[1], note.recipient.username) for note in notes) == [
        ("meeting_how", "came"),
        ("meeting_how", "came"),
        *[("meeting_why_not", name) for name in ("follower", "follower", "missed", "missed")],
    ]


def test_one_tap_without_sign_in_can_be_changed_and_counts_once(meeting: Meeting) -> None:
    person = UserFactory.create()
    come(meeting, person)
    address = f"/en{make_address(meeting, person, FeedbackStage.HOURS).removeprefix('/km')}"
    phone = Client()
    assert (phone.get(address).status_code, MeetingFeedback.objects.count()) == (200, 0)  # a preview is no answer
    for word in ("good", "good", "far", "partly"):
        assert phone.post(address, {"say": word}).status_code == 302
    row = MeetingFeedback.objects.get()
    assert (row.opinion, row.reason, row.stage) == ("partly", "", "hours")
    assert "Partly good" in phone.get(address).text
    phone.post(address, {"say": "nonsense"})
    assert MeetingFeedback.objects.get().opinion == "partly"
    assert phone.get(f"{address[:-3]}x/").status_code == 404
    parts: dict[str, Any] = {}
    exporting.send(sender=None, user=person, parts=parts)
    assert [row["opinion"] for row in parts["participation"]["feedback"]] == ["partly"]


def test_the_later_answer_of_a_person_counts(meeting: Meeting) -> None:
    (person,) = tell(meeting, Opinion.GOOD, 1, FeedbackStage.HOURS)
    asked = find_asked(make_address(meeting, person, FeedbackStage.DAYS).split("/")[-2])
    assert asked is not None
    say(asked, Opinion.BAD)
    facts = read_facts(meeting)
    assert (facts.satisfied, facts.asked) == ({}, {"": 1})


def test_fewer_than_five_answers_are_not_told(meeting: Meeting, client: Client, clerk: User) -> None:
    tell(meeting, Opinion.GOOD, 4, FeedbackStage.HOURS)
    client.force_login(clerk)
    address = f"/en/meetings/{meeting.public_id}/feedback/"
    assert client.get(address).text.count("Fewer than five answers") == 2
    tell(meeting, Opinion.BAD, 1, FeedbackStage.HOURS)
    assert client.get(address).text.count("Fewer than five answers") == 1
    assert [bar.share for bar in read_feedback(meeting).opinions] == [0, 0]  # one person's word tells nothing


def test_what_was_said_is_told_in_steps_of_enough_people(meeting: Meeting) -> None:
    tell(meeting, Opinion.GOOD, 10, FeedbackStage.HOURS)
    before = read_feedback(meeting), read_feedback(meeting, least=PUBLIC_LEAST)
    tell(meeting, Opinion.BAD, 4, FeedbackStage.HOURS)
    assert (read_feedback(meeting), read_feedback(meeting, least=PUBLIC_LEAST)) == before
    tell(meeting, Opinion.BAD, 1, FeedbackStage.HOURS)
    after = read_feedback(meeting), read_feedback(meeting, least=PUBLIC_LEAST)
    assert [(told.said, told.content) for told in after] == [(15, 10), (10, 10)]
    tell(meeting, Opinion.BAD, 5, FeedbackStage.DAYS)
    assert read_feedback(meeting, least=PUBLIC_LEAST).said == 20


def test_whoever_only_chose_an_answer_is_asked_why_they_missed_it(meeting: Meeting) -> None:
    question = ChoiceQuestion.objects.create(meeting=meeting, position=1, text_km="ទីណា?")
    chooser = UserFactory.create()
    Choice.objects.create(question=question, user=chooser, options=[1], happened_at=meeting.starts_at)
    assert list_missed(meeting) == [chooser]


def test_results_and_the_offices_sentence_stand_on_the_next_meeting(
    meeting: Meeting, client: Client, clerk: User
) -> None:
    coming = MeetingFactory.create(office=meeting.office)
    tell(meeting, Opinion.GOOD, 8, FeedbackStage.DAYS)
    tell(meeting, Opinion.BAD, 1, FeedbackStage.DAYS)
    page = f"/en/meetings/{coming.public_id}/"
    assert "people said that it was good" not in client.get(page).text  # nine answers
    tell(meeting, Opinion.PARTLY, 1, FeedbackStage.DAYS)
    assert "9 of 10 people said that it was good" in client.get(page).text
    client.force_login(clerk)
    client.post(f"/en/meetings/{meeting.public_id}/feedback/", {"text_km": "យើងប្រជុំពេលល្ងាច។"})
    assert "យើងប្រជុំពេលល្ងាច។" in Client().get(page).text
    with pytest.raises(PermissionDenied):
        reply(meeting, "ទេ។", by=UserFactory.create())
