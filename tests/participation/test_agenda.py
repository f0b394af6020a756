"""The agenda: what residents sent and chose stands under its points, and files are open as far as their senders say."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from participation.enums import InputKind, Outcome
from participation.errors import RefusedError
from participation.models import Input, Meeting
from participation.services.agenda import AgendaPoint
from participation.services.agenda_reading import read_agenda
from participation.services.choices import Asked, Chosen, ask, choose, read_tallies
from participation.services.inputs import Attachment, Word, answer_input, carry, send_input
from participation.services.meetings import save_meeting
from participation.services.minutes import Text, save_minutes
from tests.factories.accounts import UserFactory
from tests.factories.participation import MeetingFactory

pytestmark = pytest.mark.django_db
VOICE = Attachment(InputKind.VOICE, b"OggS" + bytes(range(200)), "ogg")
ROADS = Asked("អ្វីមុនគេ?", [("ផ្លូវ", "A road"), ("អណ្ដូង", "A well")], "What first?", under=2)


@pytest.fixture
def meeting(office: Organisation, clerk: User) -> Meeting:
    meeting = MeetingFactory.create(office=office)
    save_meeting(meeting, agenda=[AgendaPoint("ស្វាគមន៍", "Welcome"), AgendaPoint("ផ្លូវ", "Roads")], by=clerk)
    return meeting


def end(meeting: Meeting) -> None:
    now = timezone.now()
    times = {"starts_at": now - timedelta(hours=4), "ends_at": now - timedelta(hours=1)}
    Meeting.objects.filter(pk=meeting.pk).update(input_until_at=now - timedelta(days=1), **times)
    meeting.refresh_from_db()


def layout(meeting: Meeting, user: User) -> tuple[list[list[str]], list[str]]:
    agenda = read_agenda(meeting, read_tallies(meeting, user))
    points = [
        [*(tally.question.text_km for tally in point.tallies), *(word.text for word in point.words)]
        for point in agenda.points
    ]
    return points, [*(tally.question.text_km for tally in agenda.tallies), *(word.text for word in agenda.words)]


def test_words_and_choices_stand_under_their_points(
    meeting: Meeting, clerk: User, learner: User, client: Client
) -> None:
    road, other = send_input(meeting, Word("the road"), by=learner), send_input(meeting, Word("other"), by=learner)
    unread = send_input(meeting, Word("not on the agenda"), by=UserFactory.create())
    ask(meeting, [ROADS], by=clerk)
    question = meeting.choice_questions.get()
    for person in UserFactory.create_batch(5):
        choose(question, Chosen([question.options.get(position=2).pk]), by=person)
    client.force_login(clerk)
    client.post(f"/en/inputs/{road.public_id}/", {"do": "carry", "under": "2"})
    client.post(f"/en/inputs/{other.public_id}/", {"do": "carry", "under": "9"})
    assert layout(meeting, clerk) == ([[], ["អ្វីមុនគេ?", "the road"]], ["other"])
    end(meeting)
    page = Client().get(f"/en/meetings/{meeting.public_id}/").text
    assert ("A well 5, A road 0" in page, "“the road”" in page, unread.text in page) == (True, True, False)


def test_what_lies_under_a_point_goes_along_with_it(meeting: Meeting, clerk: User, learner: User) -> None:
    road = send_input(meeting, Word("the road"), by=learner)
    carry(road, by=clerk, under=2)
    ask(meeting, [ROADS], by=clerk)
    choose(meeting.choice_questions.get(), Chosen([meeting.choice_questions.get().options.all()[0].pk]), by=learner)
    ask(meeting, [Asked(ROADS.text_km, ROADS.options, ROADS.text_en, under=1)], by=clerk)  # its place alone can change
    with pytest.raises(RefusedError):
        ask(meeting, [Asked("ថ្មី", ROADS.options)], by=clerk)
    assert layout(meeting, clerk) == ([["អ្វីមុនគេ?"], ["the road"]], [])
    new = [AgendaPoint("ផ្លូវ"), AgendaPoint("អណ្ដូង"), AgendaPoint("ស្វាគមន៍")]
    for agenda, expected in (
        (new, ([["the road"], [], ["អ្វីមុនគេ?"]], [])),
        ([AgendaPoint("ផ្លូវថ្នល់"), *new[1:]], ([["the road"], [], ["អ្វីមុនគេ?"]], [])),  # another title
        (new[1:2], ([[]], ["អ្វីមុនគេ?", "the road"])),
    ):
        save_meeting(meeting, agenda=agenda, by=clerk)
        assert layout(meeting, clerk) == expected


@pytest.mark.parametrize("rows", [1, 3])
def test_the_agenda_costs_the_same(
    meeting: Meeting, clerk: User, rows: int, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(rows):
        carry(send_input(meeting, Word(f"word {number}"), by=UserFactory.create()), by=clerk, under=number % 3)
    with django_assert_num_queries(2):
        agenda = read_agenda(meeting)
        assert [word.from_whom for word in agenda.words]
    monkeypatch.setattr("participation.services.agenda_reading.MOST_WORDS", 1)
    assert read_agenda(meeting).more == rows - 1


def answered(meeting: Meeting, clerk: User, sender: User, *, shows: bool, holds: bool = False) -> Input:
    row = send_input(meeting, Word("", VOICE, shows_file=shows), by=sender)
    return answer_input(row, by=clerk, outcome=Outcome.NOTED, answer="Heard.", holds_back=holds)


def test_a_recording_is_heard_where_its_sender_and_the_office_allow(
    meeting: Meeting, clerk: User, learner: User
) -> None:
    shown = answered(meeting, clerk, learner, shows=True)
    closed = [
        answered(meeting, clerk, learner, shows=False),
        answered(meeting, clerk, learner, shows=True, holds=True),
        answered(meeting, clerk, UserFactory.create(birth_year=timezone.localdate().year - 16), shows=True),
    ]
    address = f"/en/inputs/{shown.public_id}/file/"
    assert Client().get(address).status_code == 404
    end(meeting)
    save_minutes(meeting, Text("យើងប្រជុំ។"), lines=[], by=clerk, publishes=True)
    page = Client().get(f"/en/meetings/{meeting.public_id}/").text
    assert (page.count("<audio"), f'src="{address}"' in page, "204 B" in page) == (1, True, True)
    assert [Client().get(f"/en/inputs/{row.public_id}/file/").status_code for row in closed] == [404] * 3
    part: Any = Client().get(address, headers={"Range": "bytes=4-9"})
    assert (part.status_code, part["Content-Type"], b"".join(part.streaming_content)) == (
        206, "audio/ogg", bytes(range(6)),
    )  # fmt: skip
    assert "sandbox" in part["Content-Security-Policy"]


def test_the_office_holds_a_picture_back(meeting: Meeting, clerk: User, learner: User, client: Client) -> None:
    photo = Attachment(InputKind.PHOTO, b"RIFF0000WEBP", "webp")
    row = send_input(meeting, Word("See", photo, shows_file=True), by=learner)
    client.force_login(clerk)
    address = f"/en/inputs/{row.public_id}/"
    client.post(address, {"outcome": "noted", "answer": "Seen.", "holds_back": "on"})
    row.refresh_from_db()
    assert (row.is_held_back, row.may_show_file) == (True, False)
    client.post(address, {"outcome": "noted", "answer": "Seen."})
    row.refresh_from_db()
    assert row.may_show_file


def test_the_form_asks_for_leave_to_show(meeting: Meeting, learner: User, client: Client) -> None:
    client.force_login(learner)
    voice = SimpleUploadedFile("voice.ogg", b"OggS" + b"0" * 20)
    client.post(
        f"/en/meetings/{meeting.public_id}/send/", {"client_id": "0" * 32, "attachment": voice, "shows_file": "on"}
    )
    assert Input.objects.get().shows_file
