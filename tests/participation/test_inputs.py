"""A word sent beforehand: kept once, read by the office alone, answered, and told to whoever sent it."""

import io
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import Organisation, User
from accounts.signals import deleting_account, exporting
from notifications.models import Notification
from notifications.services.kinds import put_into_words
from participation.enums import InputKind, InputStatus, Outcome
from participation.models import Input, Meeting
from participation.services.inputs import Word, answer_input, carry, send_input
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.participation import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    return MeetingFactory.create(office=office)


@pytest.fixture
def sender(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client


def send(client: Client, meeting: Meeting, **fields: object) -> Any:
    return client.post(
        f"/en/meetings/{meeting.public_id}/send/", {"client_id": uuid.uuid4(), "text": "A well, please."} | fields
    )


def told(kind: str) -> list[str]:
    return [row.recipient.username for row in Notification.objects.filter(kind=f"participation.{kind}").order_by("pk")]


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return SimpleUploadedFile("road.jpg", out.getvalue(), "image/jpeg")


def test_a_word_goes_to_the_agenda_is_answered_and_comes_back(
    sender: Client, meeting: Meeting, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert send(sender, meeting).status_code == 302
    row = Input.objects.get()
    assert (told("input_arrived"), row.status, row.kind) == (["clerk"], InputStatus.SENT, InputKind.TEXT)
    desk = Client()
    desk.force_login(clerk)
    assert "A well, please." in desk.get(f"/en/meetings/{meeting.public_id}/inputs/").text
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(f"/en/inputs/{row.public_id}/", {"do": "carry"})
    assert told("input_carried") == ["learner"]
    refused = desk.post(f"/en/inputs/{row.public_id}/", {"outcome": "accepted", "answer": ""})
    assert (refused.status_code, "This field is required" in refused.text) == (200, True)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/en/inputs/{row.public_id}/", {"outcome": "accepted", "answer": "Two wells in March."})
    page = sender.get(f"/en/meetings/{meeting.public_id}/").text
    assert ("Two wells in March." in page, "Taken into the plan" in page) == (True, True)
    note = Notification.objects.get(kind="participation.input_answered")
    assert put_into_words(note.kind, note.data).body.endswith("Two wells in March.")


def test_sending_twice_is_sending_once(sender: Client, meeting: Meeting) -> None:
    same = uuid.uuid4()
    for _ in range(2):
        assert send(sender, meeting, client_id=same).status_code == 302
    assert Input.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Write a sentence, or choose a photo or a recording."),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"attachment": SimpleUploadedFile("a.jpg", b"MZ not a photo")}, "is a program, whatever its name says"),
        ({"attachment": SimpleUploadedFile("a.mp3", b"not sound at all")}, "This is not a recording we can play."),
        ({"attachment": SimpleUploadedFile("a.ogg", b"OggS" + b"0" * 3_000_001)}, "The recording is larger than"),
        ({"attachment": SimpleUploadedFile("a.pdf", b"%PDF-1.4 paper %%EOF")}, "Send a photo or a voice note."),
    ],
)
def test_what_is_refused_comes_back_with_a_sentence(
    sender: Client, meeting: Meeting, fields: dict[str, object], sentence: str
) -> None:
    answered = send(sender, meeting, **fields)
    assert (answered.status_code, Input.objects.count()) == (200, 0)
    assert sentence in answered.text


def test_a_photo_is_drawn_anew_and_only_two_sides_get_it(sender: Client, meeting: Meeting, clerk: User) -> None:
    send(sender, meeting, attachment=photo())
    row = Input.objects.get()
    assert (row.kind, row.size > 0) == (InputKind.PHOTO, True)
    found = {}
    people = {
        "sender": row.user,
        "clerk": clerk,
        "rival": MembershipFactory.create().user,
        "other": UserFactory.create(),
    }
    for name, person in people.items():
        client = Client()
        client.force_login(person)
        answered = client.get(f"/en/inputs/{row.public_id}/file/")
        found[name] = answered.status_code
        if answered.status_code == 200:
            assert (answered["Content-Type"], answered["X-Content-Type-Options"]) == ("image/webp", "nosniff")
            assert b"".join(answered.streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]
    assert found == {"sender": 200, "clerk": 200, "rival": 404, "other": 404}


def test_a_voice_note_is_kept_with_its_size(sender: Client, meeting: Meeting) -> None:
    send(sender, meeting, text="", attachment=SimpleUploadedFile("voice.ogg", b"OggS" + b"0" * 2000))
    row = Input.objects.get()
    assert (row.kind, row.size) == (InputKind.VOICE, 2004)
    assert "2 KB" in sender.get(f"/en/meetings/{meeting.public_id}/").text


def test_a_hidden_name_is_hidden_from_the_office_too(
    sender: Client, meeting: Meeting, clerk: User, learner: User
) -> None:
    send(sender, meeting, hides_name="on")
    desk = Client()
    desk.force_login(clerk)
    page = desk.get(f"/en/meetings/{meeting.public_id}/inputs/").text
    assert "A resident who does not give a name" in page
    assert not any(words in page for words in (learner.public_name, learner.username, str(learner.public_id)))


def test_late_is_kept_as_late_until_the_end(meeting: Meeting, learner: User, client: Client, clerk: User) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(input_until_at=timezone.now() - timedelta(hours=1))
    meeting.refresh_from_db()
    assert send_input(meeting, Word("late"), by=learner).is_late
    client.force_login(clerk)
    assert "Came late" in client.get(f"/en/meetings/{meeting.public_id}/inputs/").text
    begun = timezone.now() - timedelta(minutes=1)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=begun, input_until_at=begun - timedelta(hours=1))
    client.force_login(learner)
    assert send(client, meeting, text="during it").status_code == 302
    assert meeting.inputs.get(text="during it").is_late
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=begun - timedelta(hours=2), input_until_at=begun - timedelta(hours=3), ends_at=begun
    )
    assert "This meeting is over." in send(client, meeting).text


def test_a_file_that_is_gone_is_not_found(meeting: Meeting, sender: Client, learner: User) -> None:
    send(sender, meeting, attachment=photo())
    row = meeting.inputs.get()
    row.file.storage.delete(row.file.name)
    assert sender.get(f"/en/inputs/{row.public_id}/file/").status_code == 404


def test_under_15_reads_only(meeting: Meeting, client: Client) -> None:
    client.force_login(UserFactory.create(birth_year=timezone.localdate().year - 13))
    assert send(client, meeting).status_code == 403


def test_another_office_decides_nothing(meeting: Meeting, learner: User, client: Client) -> None:
    row = send_input(meeting, Word("x"), by=learner)
    client.force_login(MembershipFactory.create().user)
    assert client.post(f"/en/inputs/{row.public_id}/", {"do": "carry"}).status_code == 404
    client.force_login(learner)
    assert client.post(f"/en/inputs/{row.public_id}/", {"do": "carry"}).status_code == 403
    with pytest.raises(PermissionDenied):
        carry(row, by=learner)
    with pytest.raises(PermissionDenied):
        answer_input(row, by=learner, outcome=Outcome.NOTED, answer="x")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(
    meeting: Meeting, client: Client, clerk: User, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        send_input(meeting, Word(f"word {number}"), by=UserFactory.create())
    client.force_login(clerk)
    client.get(f"/en/meetings/{meeting.public_id}/inputs/")
    with django_assert_num_queries(6):
        assert client.get(f"/en/meetings/{meeting.public_id}/inputs/").text.count('id="input-') == rows


def test_own_words_go_along_and_unanswered_ones_go_away(
    meeting: Meeting, learner: User, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    answered, waiting = send_input(meeting, Word("a well"), by=learner), send_input(meeting, Word("a road"), by=learner)
    answer_input(answered, by=clerk, outcome=Outcome.ACCEPTED, answer="Yes.")
    parts: dict[str, Any] = {}
    exporting.send(sender=User, user=learner, parts=parts)
    assert [row["text"] for row in parts["participation"]["inputs"]] == ["a well", "a road"]
    with django_capture_on_commit_callbacks(execute=True):
        deleting_account.send(sender=User, user=learner)
    assert list(Input.objects.values_list("text", "user")) == [("a well", None)]
    assert not Input.objects.filter(pk=waiting.pk).exists()


def test_somebody_elses_id_is_no_obstacle_and_no_open_door(meeting: Meeting, learner: User) -> None:
    same = uuid.uuid4()
    first = send_input(meeting, Word("mine", client_id=same), by=learner)
    other = send_input(meeting, Word("another's", client_id=same), by=UserFactory.create())
    assert (first.text, other.text, Input.objects.count()) == ("mine", "another's", 2)


def test_one_person_does_not_fill_the_agenda(sender: Client, meeting: Meeting) -> None:
    for _ in range(5):
        send(sender, meeting)
    answered = send(sender, meeting, text="One more.")
    assert "all that one person can" in answered.text
    assert "One more." in answered.text
    assert Input.objects.count() == 5


def test_words_survive_a_session_that_ended(client: Client, office: Organisation, learner: User) -> None:
    meeting = MeetingFactory.create(office=office)
    at = f"/en/meetings/{meeting.public_id}/"
    fields = {"client_id": str(uuid.uuid4()), "text": "The bridge at Trea is broken.", "hides_name": "on"}
    asked = client.post(f"{at}send/", fields | {"sex": "woman", "attachment": SimpleUploadedFile("a.jpg", b"x")})
    assert asked.headers["Location"] == f"/en/accounts/login/?next={quote(at)}%23input"
    assert "woman" not in str(dict(client.session))
    page = client.get(at).text
    assert ["The bridge at Trea" in page, "choose the photo" in page] == [False, True]
    client.force_login(learner)
    page = client.get(at).text
    assert "The bridge at Trea is broken.</textarea>" in page
    assert [f'data-draft="input-{meeting.public_id}"' in page, "draft.js" in page] == [True, True]
    assert [Input.objects.count(), "The bridge at Trea" in client.get(at).text] == [0, False]
    client.post(f"{at}send/", fields)
    assert Input.objects.get().text == "The bridge at Trea is broken."
