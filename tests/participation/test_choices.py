"""Questions with answers to choose from: asked, answered once, told in the minutes; inputs linked from the minutes."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.signals import deleting_account, exporting
from notifications.models import Notification
from participation.enums import Outcome
from participation.errors import RefusedError
from participation.models import Choice, ChoiceQuestion, Meeting
from participation.services.choices import Asked, Chosen, ask, choose, read_tallies
from participation.services.facts import read_facts
from participation.services.inputs import Word, answer_input, send_input
from participation.services.minutes import Text, save_minutes
from tests.factories.accounts import UserFactory
from tests.factories.participation import MeetingFactory

pytestmark = pytest.mark.django_db
ROADS = Asked("អ្វីមុនគេ?", [("ផ្លូវ", "A road"), ("អណ្ដូង", "A well")], "What first?")


@pytest.fixture
def meeting(office: Organisation, clerk: User) -> Meeting:
    meeting = MeetingFactory.create(office=office)
    ask(meeting, [ROADS], by=clerk)
    return meeting


@pytest.fixture
def question(meeting: Meeting) -> ChoiceQuestion:
    return meeting.choice_questions.get()


def pick(question: ChoiceQuestion, *places: int) -> list[int]:
    return [question.options.get(position=place).pk for place in places]


def vote(question: ChoiceQuestion, place: int, people: int) -> None:
    for _again in range(people):
        choose(question, Chosen(pick(question, place)), by=UserFactory.create())


def end(meeting: Meeting) -> None:
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=4), "ends_at": now - timedelta(hours=1)}
    Meeting.objects.filter(pk=meeting.pk).update(input_until_at=now - timedelta(days=1), **times)
    meeting.refresh_from_db()


def test_one_answer_of_a_person_can_be_changed_until_the_meeting_begins(
    meeting: Meeting, question: ChoiceQuestion, learner: User, client: Client
) -> None:
    client.force_login(learner)
    address, same = f"/en/meetings/{meeting.public_id}/questions/1/", uuid.uuid4()
    for place in (1, 1, 2):
        client.post(address, {"options": pick(question, place), "client_id": same})
    assert Choice.objects.get().options == pick(question, 2)
    client.post(address, {"options": pick(question, 1, 2)})
    client.post(address, {"options": [99999]})
    assert Choice.objects.get().options == pick(question, 2)
    assert client.post(f"/en/meetings/{meeting.public_id}/questions/2/").status_code == 404
    end(meeting)
    client.post(address, {"options": pick(question, 1)})
    assert Choice.objects.get().options == pick(question, 2)


def test_several_may_be_chosen_where_the_office_says_so(office: Organisation, clerk: User, learner: User) -> None:
    meeting = MeetingFactory.create(office=office)
    ask(meeting, [Asked("?", ROADS.options, takes_several=True)], by=clerk)
    row = choose(meeting.choice_questions.get(), Chosen(pick(meeting.choice_questions.get(), 1, 2)), by=learner)
    assert len(row.options) == 2


def test_the_office_writes_questions_until_somebody_answered(
    office: Organisation, client: Client, clerk: User, learner: User
) -> None:
    meeting = MeetingFactory.create(office=office)
    client.force_login(clerk)
    address = f"/en/meetings/{meeting.public_id}/questions/"
    refused = client.post(address, {"text_km_1": "អ្វីមុនគេ?", "options_1": "ផ្លូវ | Road"})
    assert ("Give two to 8 answers." in refused.text, "ផ្លូវ | Road" in refused.text) == (True, True)
    client.post(address, {"text_km_1": "អ្វីមុនគេ?", "options_1": "ផ្លូវ | Road\nអណ្ដូង"})
    question = meeting.choice_questions.get()
    assert list(question.options.values_list("text_km", "text_en")) == [("ផ្លូវ", "Road"), ("អណ្ដូង", "")]
    assert "ផ្លូវ | Road\nអណ្ដូង" in client.get(address).text
    vote(question, 1, 1)
    with pytest.raises(RefusedError):
        ask(meeting, [], by=clerk)


def test_sums_of_five_answers_are_told_to_who_chose_and_to_all_once_it_begins(
    meeting: Meeting, question: ChoiceQuestion, learner: User, clerk: User
) -> None:
    vote(question, 1, 4)
    choose(question, Chosen(pick(question, 2)), by=learner)
    assert [bar.share for bar in read_tallies(meeting, learner)[0].bars] == [80, 20]
    assert read_tallies(meeting, clerk)[0].bars == []
    assert len(read_tallies(meeting, clerk, is_office=True)[0].bars) == 2
    end(meeting)
    assert len(read_tallies(meeting, clerk)[0].bars) == 2
    assert read_facts(meeting).gave_input == {"": 5}


def test_a_question_is_answered_in_the_minutes_and_whoever_chose_is_told(
    meeting: Meeting, question: ChoiceQuestion, client: Client, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    voter = UserFactory.create(username="voter")
    choose(question, Chosen(pick(question, 1)), by=voter)
    end(meeting)
    client.force_login(clerk)
    typed = {"summary_km": "យើងប្រជុំ។", f"choice_{question.pk}": "The road comes first."}
    page = f"/en/meetings/{meeting.public_id}/"
    client.post(f"{page}minutes/", typed | {"do": "save"})
    assert "The road comes first." not in Client().get(page).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page}minutes/", typed | {"do": "publish"})
    assert "The road comes first." in Client().get(page).text
    assert Notification.objects.get(kind="participation.minutes_published").recipient == voter


def test_an_answered_input_is_linked_from_the_minutes_to_its_sender_and_back(
    meeting: Meeting, clerk: User, client: Client
) -> None:
    sender, shy = UserFactory.create(birth_year=1990), UserFactory.create(birth_year=1990)
    row = send_input(meeting, Word("A well, please."), by=sender)
    hidden = send_input(meeting, Word("A road.", hides_name=True), by=shy)
    unanswered = send_input(meeting, Word("Nobody answers this."), by=shy)
    for each in (row, hidden):
        answer_input(each, by=clerk, outcome=Outcome.ACCEPTED, answer="Yes.")
    end(meeting)
    page = f"/en/meetings/{meeting.public_id}/"
    assert "A well, please." not in Client().get(page).text
    save_minutes(meeting, Text("យើងប្រជុំ។"), lines=[], by=clerk, publishes=True)
    public = Client().get(page).text
    assert (sender.public_name in public, shy.public_name in public, unanswered.text in public) == (True, False, False)
    client.force_login(sender)
    own = client.get(page).text
    links = (f'href="#mine-{row.public_id}"', f'id="mine-{row.public_id}"', f'href="#input-{row.public_id}"')
    assert [link in own for link in links] == [True] * 3
    assert f'id="input-{row.public_id}"' in own


def test_choices_are_the_persons_own_data(meeting: Meeting, question: ChoiceQuestion, learner: User) -> None:
    choose(question, Chosen(pick(question, 1)), by=learner)
    parts: dict[str, Any] = {}
    exporting.send(sender=None, user=learner, parts=parts)
    assert [row["chosen"] for row in parts["participation"]["choices"]] == [["ផ្លូវ"]]
    deleting_account.send(sender=None, user=learner)
    assert Choice.objects.count() == 0


def test_a_choice_made_in_time_counts_though_it_arrives_late(
    meeting: Meeting, question: ChoiceQuestion, learner: User
) -> None:
    end(meeting)
    before = meeting.starts_at - timedelta(minutes=5)
    row = choose(question, Chosen(pick(question, 1), happened_at=before), by=learner)
    assert (row.options, row.is_late) == (pick(question, 1), True)
    choose(question, Chosen(pick(question, 2), happened_at=before - timedelta(minutes=1)), by=learner)
    assert Choice.objects.get().options == pick(question, 1)
    for moment in (None, meeting.starts_at, timezone.now() - timedelta(days=2)):
        with pytest.raises(RefusedError):
            choose(question, Chosen(pick(question, 2), happened_at=moment), by=learner)
