"""What somebody with one phone and much patience cannot do: fill a survey, raise a hall's hands, count twice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from forums.enums import HideReason, WordEffect
from forums.models import WatchedWord
from participation.enums import LeftOut
from participation.errors import RefusedError
from participation.models import Hand, LiveRoom, Question, ShowOfHands, SurveyAnswer
from participation.services.room import asking, opening, voices
from participation.services.room.hands import ask_for_hands
from participation.services.room.voices import Voice
from participation.services.surveys import crowding
from participation.services.surveys.crowding import Crowd
from tests.factories.accounts import UserFactory
from tests.factories.participation import MeetingFactory
from tests.factories.surveys import SurveyFactory
from tests.participation.test_surveys import token_of, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(office: Organisation, clerk: User) -> LiveRoom:
    begin = timezone.now() - timedelta(hours=1)
    meeting = MeetingFactory.create(office=office, starts_at=begin, ends_at=begin + timedelta(hours=3))
    return opening.open_room(meeting, by=clerk, takes_guests=True)


@pytest.fixture
def hands(room: LiveRoom, clerk: User) -> ShowOfHands:
    return ask_for_hands(room, by=clerk, title="Well first?", choices=["Yes", "No"])


@pytest.fixture
def at(room: LiveRoom) -> str:
    return f"/en/meetings/{room.meeting.public_id}/room/"


def enter(client: Client, room: LiveRoom, address: str = "203.0.113.7") -> int:
    return client.post("/en/hall/", {"code": room.code}, REMOTE_ADDR=address).status_code


def test_a_network_enters_the_figures_so_often_and_no_more(
    office: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the phone's cookie too; other networks and other surveys go on. Nothing of it is kept with the answer."""
    monkeypatch.setattr(crowding, "OF_COMMUNE", (Crowd(3, timedelta(hours=1)),))
    survey, other = SurveyFactory.create(office=office, at_once=100), SurveyFactory.create(office=office)
    for _tap in range(5):
        Client().post(f"/en/survey/{survey.code}/", typed(token_of(survey)), REMOTE_ADDR="203.0.113.7")
    Client().post(f"/en/survey/{survey.code}/", typed(token_of(survey)), REMOTE_ADDR="203.0.113.8")
    Client().post(f"/en/survey/{other.code}/", typed(token_of(other)), REMOTE_ADDR="203.0.113.7")
    marks = list(SurveyAnswer.objects.order_by("pk").values_list("left_out", flat=True))
    assert marks == ["", "", "", LeftOut.CROWD, LeftOut.CROWD, "", ""]


def test_a_house_of_ipv6_addresses_is_one_network(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "OF_COMMUNE", (Crowd(1, timedelta(hours=1)),))
    survey = SurveyFactory.create(office=office)
    for last in ("1", "2:3"):
        Client().post(f"/en/survey/{survey.code}/", typed(token_of(survey)), REMOTE_ADDR=f"2001:db8:7:1::{last}")
    assert SurveyAnswer.objects.filter(left_out=LeftOut.CROWD).count() == 1


def test_a_form_sent_twice_and_tickets_use_up_nothing(office: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "OF_COMMUNE", (Crowd(1, timedelta(hours=1)),))
    survey = SurveyFactory.create(office=office)
    fields = typed(token_of(survey))
    for _tap in range(3):
        Client().post(f"/en/survey/{survey.code}/", fields)
    assert SurveyAnswer.objects.get().left_out == ""


def test_a_cleared_phone_raises_no_hall_of_hands(
    room: LiveRoom, hands: ShowOfHands, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "MOST_PASSES", 2)
    for _cleared in range(4):
        phone = Client()
        enter(phone, room)
        phone.post(f"{at}choose/", {"choice": f"{hands.pk}-0"})
    hands.refresh_from_db()
    assert (hands.counts, hands.hall_counts) == ([2, 0], [2, 0])
    assert enter(Client(), room, "203.0.113.8") == 302
    assert enter(Client(), room) == 422


def test_a_phone_that_is_in_comes_in_again(room: LiveRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "MOST_PASSES", 1)
    phone = Client()
    assert [enter(phone, room), enter(phone, room), enter(Client(), room)] == [302, 302, 422]


def test_hands_and_support_of_the_hall_stand_apart(room: LiveRoom, hands: ShowOfHands, at: str) -> None:
    member, guest = Client(), Client()
    member.force_login(UserFactory.create())
    enter(guest, room)
    for phone in (member, guest):
        phone.post(f"{at}choose/", {"choice": f"{hands.pk}-1"})
    question = asking.ask(room, voice=Voice(user=UserFactory.create()), text="When is the road mended?")
    guest.post(f"{at}support/", {"number": "1"})
    hands.refresh_from_db()
    question.refresh_from_db()
    assert (hands.counts, hands.hall_counts) == ([0, 2], [0, 1])
    assert (question.support_count, question.hall_count) == (2, 1)
    assert member.get(at).text.count("1 by the hall's code") == 2
    guest.post(f"{at}choose/", {"choice": f"{hands.pk}-0"})
    guest.post(f"{at}support/", {"number": "-1"})
    hands.refresh_from_db()
    question.refresh_from_db()
    assert (hands.counts, hands.hall_counts) == ([1, 1], [1, 0])
    assert (question.support_count, question.hall_count) == (1, 0)


def test_who_signs_in_takes_the_phone_s_voice_along(room: LiveRoom, hands: ShowOfHands, at: str) -> None:
    question = asking.ask(room, voice=Voice(user=UserFactory.create()), text="When is the road mended?")
    phone = Client()
    enter(phone, room)
    for _voice in range(2):
        phone.post(f"{at}choose/", {"choice": f"{hands.pk}-0"})
        phone.post(f"{at}support/", {"number": "1"})
        phone.force_login(UserFactory.create())
    hands.refresh_from_db()
    question.refresh_from_db()
    assert (hands.counts, hands.hall_counts, Hand.objects.count()) == ([1, 0], [0, 0], 1)
    assert (question.support_count, question.hall_count) == (2, 0)


def test_who_is_signed_in_gets_no_second_voice(room: LiveRoom, at: str) -> None:
    phone = Client()
    phone.force_login(UserFactory.create())
    assert enter(phone, room) == 302
    assert voices.COOKIE not in phone.cookies


def test_a_tap_on_the_question_before_does_not_count_for_the_next(room: LiveRoom, at: str, clerk: User) -> None:
    old = ask_for_hands(room, by=clerk, title="Well first?", choices=["Yes", "No"])
    new = ask_for_hands(room, by=clerk, title="Sell the well?", choices=["Yes", "No"])
    phone = Client()
    phone.force_login(UserFactory.create())
    said = phone.post(f"{at}choose/", {"choice": f"{old.pk}-0"}, follow=True).text
    assert ["The counting is over" in said, Hand.objects.count()] == [True, 0]
    for odd in ("0", "", f"{new.pk}-", f"{new.pk}-7", "99999999-0", "x-0"):
        assert phone.post(f"{at}choose/", {"choice": odd}).status_code == 302
    assert Hand.objects.count() == 0
    phone.post(f"{at}choose/", {"choice": f"{new.pk}-0"})
    assert Hand.objects.get().hands == new
    assert Question.objects.count() == 0


def test_a_listed_word_goes_to_no_phone_unread(room: LiveRoom) -> None:
    WatchedWord.objects.create(word="ចោរ", effect=WordEffect.HOLD, reason=HideReason.INSULT)
    for voice in (Voice(user=UserFactory.create()), Voice(guest="a" * 32)):
        with pytest.raises(RefusedError):
            asking.ask(room, voice=voice, text="ហេតុអ្វី ចោរ នៅទីនេះ?")
    assert asking.ask(room, voice=Voice(guest="a" * 32), text="ផ្លូវ?").number == 1
