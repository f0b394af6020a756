"""The live room of a meeting: asked, supported, chosen, answered; from phones with and without an account."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.signals import exporting
from participation.enums import AsideReason, QuestionState
from participation.errors import RefusedError
from participation.models import LiveRoom, Meeting, Question, RoomEvent, Support
from participation.services.room import asking, opening, reading
from participation.services.room.moderating import Act, Decision, decide
from participation.services.room.voices import SALT, Voice
from tests.factories.accounts import UserFactory
from tests.factories.participation import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    """It began an hour ago."""
    begin = timezone.now() - timedelta(hours=1)
    return MeetingFactory.create(office=office, starts_at=begin, ends_at=begin + timedelta(hours=3))


@pytest.fixture
def room(meeting: Meeting, clerk: User) -> LiveRoom:
    return opening.open_room(meeting, by=clerk, takes_guests=True)


@pytest.fixture
def at(meeting: Meeting) -> str:
    return f"/en/meetings/{meeting.public_id}/room/"


def ask(room: LiveRoom, user: User | None = None, text: str = "When is the road mended?", **more: Any) -> Question:
    return asking.ask(room, voice=Voice(user=user or UserFactory.create()), text=text, **more)


def enter(client: Client, room: LiveRoom) -> None:
    assert client.get(f"/en/hall/?code={room.code}").status_code == 302


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_member_asks_another_supports_the_office_shows_and_answers(
    client: Client, room: LiveRoom, at: str, learner: User, stranger: User, clerk: User
) -> None:
    client.force_login(learner)
    once = {"client_id": uuid.uuid4(), "text": "When is  the road mended?"}
    assert client.post(f"{at}ask/", once).headers["Location"].endswith("#q-1")
    assert client.post(f"{at}ask/", once).headers["Location"].endswith("#q-1")
    client.force_login(stranger)
    for _ in range(2):
        assert client.post(f"{at}support/", {"number": "1"}, headers={"Accept": "application/json"}).status_code == 204
    question = Question.objects.get()
    assert (question.text, question.support_count) == ("When is the road mended?", 2)
    assert 'value="-1" aria-pressed="true"' in page(client, at)
    client.post(f"{at}support/", {"number": "-1"})
    client.force_login(clerk)
    client.post(f"{at}questions/1/", {"act": "show"})
    assert "When is the road mended?" in page(client, f"{at}screen/").split("part-hands")[0]
    client.post(f"{at}questions/1/", {"act": "answered", "note": "Before the rain."})
    question.refresh_from_db()
    room.refresh_from_db()
    assert (question.state, question.note, question.support_count) == (QuestionState.ANSWERED, "Before the rain.", 1)
    assert (room.on_screen, room.question_count, room.answered_count) == (None, 1, 1)
    assert "Before the rain." in page(client, at)


def test_in_the_hall_the_code_is_enough(client: Client, room: LiveRoom, at: str) -> None:
    refused = client.post(f"{at}ask/", {"text": "May I?"})
    assert refused.headers["Location"].endswith("#take-part")
    assert client.post("/en/hall/", {"code": "12 34"}).status_code == 422
    wrong = f"{(int(room.code) + 1) % 10**6:06d}"
    assert client.post("/en/hall/", {"code": wrong}).status_code == 422
    enter(client, room)
    assert client.post(f"{at}ask/", {"text": "May I?", "hides_name": "on"}).status_code == 302
    html = page(client, at)
    assert "Someone in the hall" in html
    assert room.code not in html
    other = Client()
    enter(other, room)
    other.post(f"{at}support/", {"number": "1"})
    assert Question.objects.get().support_count == 2
    assert len(set(Support.objects.values_list("guest", flat=True))) == 2


def test_khmer_digits_open_it_too(client: Client, room: LiveRoom) -> None:
    typed = room.code.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    assert client.post("/km/hall/", {"code": f"{typed[:3]} {typed[3:]}"}).status_code == 302


def test_a_pass_is_for_one_room_and_for_its_opening(client: Client, room: LiveRoom, at: str, clerk: User) -> None:
    enter(client, room)
    client.cookies["hall"] = signing.dumps(["x", "000000"], salt=SALT)
    assert client.post(f"{at}ask/", {"text": "May I?"}).headers["Location"].endswith("#take-part")
    enter(client, room)
    opening.close_room(room, by=clerk)
    assert client.post(f"{at}ask/", {"text": "May I?"}).headers["Location"].endswith("#take-part")
    again = opening.open_room(room.meeting, by=clerk, takes_guests=False)
    assert client.get(f"/en/hall/?code={again.code}").status_code == 422
    assert "next=" in client.post(f"{at}ask/", {"text": "May I?"}).headers["Location"]


def test_wrong_codes_are_counted_and_right_ones_are_not(client: Client, room: LiveRoom) -> None:
    for _ in range(31):
        enter(client, room)
    wrong = f"{(int(room.code) + 1) % 10**6:06d}"
    for _ in range(30):
        client.post("/en/hall/", {"code": wrong})
    assert "Wait ten minutes" in client.post("/en/hall/", {"code": room.code}).content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write your question first."),
        ("\u200b \u2060", "Write"),
        ("Z" + "\u0300" * 30, "too many marks"),
        ("x" * 301, "300"),
        ("WHEN is the road mended?", "question 1"),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept(
    client: Client, room: LiveRoom, at: str, learner: User, text: str, said: str
) -> None:
    ask(room)
    client.force_login(learner)
    response = client.post(f"{at}ask/", {"text": text})
    html = response.content.decode()
    assert (response.status_code, said in html) == (422, True)
    assert text.strip() in html
    assert Question.objects.count() == 1


def test_one_voice_leaves_room_for_others(room: LiveRoom, learner: User) -> None:
    for number in range(3):
        ask(room, learner, f"Question {number}?")
    with pytest.raises(RefusedError):
        ask(room, learner, "One more?")
    ask(room, None, "Of another?")
    Question.objects.update(created_at=timezone.now() - timedelta(hours=1))
    for number in range(9):
        ask(room, learner, f"Later {number}?")
        Question.objects.update(created_at=timezone.now() - timedelta(hours=1))
    with pytest.raises(RefusedError):
        ask(room, learner, "The thirteenth?")


def test_what_insults_is_read_by_the_office_alone(
    client: Client, room: LiveRoom, at: str, clerk: User, stranger: User
) -> None:
    question = ask(room, text="Mr X is a thief")
    with pytest.raises(RefusedError):
        decide(question, Decision(Act.ASIDE), by=clerk)
    decide(question, Decision(Act.ASIDE, reason=AsideReason.PERSONAL), by=clerk)
    for address in (at, f"{at}after/?after=0", f"{at}screen/"):
        assert "thief" not in page(client, address)
    assert "names or insults" in page(client, at)
    with pytest.raises(RefusedError):
        decide(question, Decision(Act.SHOW), by=clerk)
    room.refresh_from_db()
    assert room.question_count == 0
    client.force_login(clerk)
    assert "thief" in page(client, f"{at}desk/")
    decide(question, Decision(Act.BACK), by=clerk)
    room.refresh_from_db()
    assert room.question_count == 1


def test_who_may_what(client: Client, room: LiveRoom, at: str, stranger: User, learner: User) -> None:
    question = ask(room)
    for act in Act:
        with pytest.raises(PermissionDenied):
            decide(question, Decision(act, reason="asked"), by=stranger)
    with pytest.raises(PermissionDenied):
        opening.close_room(room, by=stranger)
    client.force_login(stranger)
    for rest in ("desk/",):
        page(client, at + rest, 403)
    for rest in ("change/", "hands/", "questions/1/"):
        assert client.post(at + rest).status_code == 403
    child = UserFactory.create(birth_year=timezone.localdate().year - 12)
    client.force_login(child)
    assert client.post(f"{at}ask/", {"text": "May I?"}).status_code == 302
    assert Question.objects.count() == 1


def test_a_room_of_a_draft_is_not_there(client: Client, room: LiveRoom, at: str) -> None:
    ask(room)
    Meeting.objects.update(status="draft", announced_at=None)
    for rest in ("", "after/?after=0", "screen/"):
        page(client, at + rest, 404)
    assert client.post(f"{at}ask/", {"text": "May I?"}).status_code == 404


def test_without_a_room_there_is_no_page(client: Client, at: str, clerk: User) -> None:
    page(client, at, 404)
    client.force_login(clerk)
    page(client, f"{at}desk/")
    client.post(f"{at}change/", {"do": "open", "takes_guests": "on"})
    assert "In the hall" in page(client, f"{at}desk/")
    assert LiveRoom.objects.get().takes_guests


@pytest.mark.parametrize("days", [-3, 3])
def test_it_opens_only_around_the_meeting(office: Organisation, clerk: User, days: int) -> None:
    begin = timezone.now() + timedelta(days=days)
    meeting = MeetingFactory.create(office=office, starts_at=begin, ends_at=begin + timedelta(hours=3))
    with pytest.raises(RefusedError):
        opening.open_room(meeting, by=clerk, takes_guests=True)


def test_after_closing_all_stays_and_nothing_is_added(
    client: Client, room: LiveRoom, at: str, clerk: User, learner: User
) -> None:
    question = ask(room)
    decide(question, Decision(Act.SHOW), by=clerk)
    opening.close_room(room, by=clerk)
    with pytest.raises(RefusedError):
        ask(room, learner, "Too late?")
    with pytest.raises(RefusedError):
        asking.support(question, voice=Voice(user=learner))
    decide(question, Decision(Act.ANSWERED, note="Yes."), by=clerk)
    html = page(client, at)
    assert question.text in html
    assert 'id="take-part"' not in html
    Meeting.objects.update(ends_at=timezone.now())
    assert at in page(client, room.meeting.get_absolute_url().replace("/km/", "/en/"))


def test_a_show_of_hands(client: Client, room: LiveRoom, at: str, clerk: User, learner: User) -> None:
    client.force_login(clerk)
    assert client.post(f"{at}hands/", {"title": "Well first?", "choices": "Yes"}).status_code == 422
    for _double_click in range(2):
        client.post(f"{at}hands/", {"title": "Well first?", "choices": "Yes\nNo\nYes\n"})
    hands = room.hands.get()
    guest = Client()
    enter(guest, room)
    client.force_login(learner)
    for voice, choice in ((guest, 0), (client, 0), (client, 1), (client, 1), (client, 7)):
        voice.post(f"{at}choose/", {"choice": f"{hands.pk}-{choice}"})
    hands.refresh_from_db()
    assert (hands.choices, hands.counts, hands.raised.count()) == (["Yes", "No"], [1, 1], 2)
    assert f'value="{hands.pk}-1" aria-pressed="true"' in page(client, at)
    client.force_login(clerk)
    client.post(f"{at}change/", {"do": "lower"})
    assert "The counting is over" in guest.post(f"{at}choose/", {"choice": f"{hands.pk}-1"}, follow=True).text
    assert "counted" in page(client, f"{at}screen/")


def test_the_gap_is_filled_by_number(client: Client, room: LiveRoom, at: str, clerk: User) -> None:
    first, second = ask(room, text="One?"), ask(room, text="Two?")
    seen = LiveRoom.objects.get(pk=room.pk).last_seq
    asking.support(first, voice=Voice(user=clerk))
    decide(second, Decision(Act.SHOW), by=clerk)
    answer = client.get(f"{at}after/?after={seen}").json()
    assert {patch.get("number", patch.get("part")) for patch in answer["patches"]} == {1, 2, "top", "screen"}
    assert answer["seq"] == LiveRoom.objects.get(pk=room.pk).last_seq
    assert client.get(f"{at}after/?after={answer['seq']}").json()["patches"] == []
    numbers = list(RoomEvent.objects.order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, answer["seq"] + 1))


def test_news_are_shown_as_they_are_when_they_are_read(room: LiveRoom, clerk: User) -> None:
    question = ask(room)
    before = reading.find_room(room.meeting)
    assert before is not None
    decide(question, Decision(Act.SHOW), by=clerk)
    screen = [
        patch["html"]
        for patch in reading.read_after(before, seq=before.last_seq)["patches"]
        if patch.get("part") == "screen"
    ]
    assert len(screen) == 1
    assert question.text in screen[0]


def test_the_fragment_depends_on_no_reader(room: LiveRoom, learner: User) -> None:
    question = ask(room, learner)
    asking.support(question, voice=Voice(guest="x" * 32))
    whole = reading.read_after(LiveRoom.objects.select_related("meeting").get(), seq=0)["patches"]
    assert "aria-pressed" not in str(whole)
    assert "csrf" not in str(whole)


def test_support_is_counted_as_it_is_kept(room: LiveRoom) -> None:
    question = ask(room)
    people = [Voice(user=UserFactory.create()) for _ in range(3)]
    for voice in [*people, *people]:
        asking.support(question, voice=voice)
    asking.support(question, voice=people[0], wants=False)
    question.refresh_from_db()
    assert question.support_count == question.supports.count() == 3
    assert Question.objects.aggregate(Sum("support_count"))["support_count__sum"] == Support.objects.count()


def test_what_one_asked_goes_along(room: LiveRoom, learner: User) -> None:
    ask(room, learner)
    parts: dict[str, Any] = {}
    exporting.send(None, user=learner, parts=parts)
    assert [row["text"] for row in parts["participation"]["questions"]] == ["When is the road mended?"]


def test_the_page_costs_the_same_with_many_questions(
    client: Client, room: LiveRoom, at: str, django_assert_num_queries: Any, learner: User
) -> None:
    client.force_login(learner)
    ask(room)
    page(client, at)
    with django_assert_num_queries(8):
        page(client, at)
    for number in range(5):
        ask(room, text=f"Question {number}?")
    with django_assert_num_queries(8):
        page(client, at)


def test_the_screen_shows_of_guests_only_what_the_moderator_read(
    client: Client, room: LiveRoom, at: str, clerk: User
) -> None:
    guest = asking.ask(room, voice=Voice(guest="a" * 32), text="Rude words?")
    ask(room, text="A known question?")
    seen = page(client, f"{at}screen/")
    assert ("Rude words?" in seen, "A known question?" in seen) == (False, True)
    decide(guest, Decision(Act.NEXT), by=clerk)
    assert "Rude words?" in page(client, f"{at}screen/")


def test_what_was_set_aside_is_not_asked_again(room: LiveRoom, clerk: User) -> None:
    decide(ask(room), Decision(Act.ASIDE, reason=AsideReason.values[0]), by=clerk)
    with pytest.raises(RefusedError):
        ask(room)


def test_guests_cannot_fill_the_room(room: LiveRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_OF_GUESTS", 2)
    for number in range(2):
        asking.ask(room, voice=Voice(guest=str(number) * 32), text=f"Question {number}?")
    with pytest.raises(RefusedError):
        asking.ask(room, voice=Voice(guest="c" * 32), text="One more?")
    assert ask(room, text="From home?").number == 3


@pytest.mark.parametrize("is_off", [False, True])
def test_a_room_closes_by_itself(room: LiveRoom, is_off: bool) -> None:
    assert opening.close_past_rooms() == 0
    rows, now = Meeting.objects.filter(pk=room.meeting_id), timezone.now()
    if is_off:
        rows.update(status="cancelled", cancelled_at=now, cancel_reason="Flood.")
    else:
        begin = now - timedelta(hours=9)
        rows.update(ends_at=now - timedelta(hours=6, minutes=1), starts_at=begin, input_until_at=begin)
    assert opening.find_room_of(room.code) is None
    with pytest.raises(RefusedError):
        ask(room)
    assert (opening.close_past_rooms(), opening.close_past_rooms()) == (1, 0)
    room.refresh_from_db()
    assert (room.is_open, room.code) == (False, "")
