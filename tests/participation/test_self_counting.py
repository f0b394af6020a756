"""People without an account count themselves by the code; the office's count beside it counts nobody twice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from participation.enums import DoorMeans
from participation.models import HeadCount, Meeting, SelfCount
from participation.services.attendance.check_in import Coming, check_in
from participation.services.attendance.counting import say_whom, set_door
from participation.services.attendance.reading import read_came
from participation.services.attendance.reconciling import count_came, read_numbers
from participation.services.facts import read_facts
from tests.factories.accounts import UserFactory
from tests.factories.participation import MeetingFactory
from ui.small_groups import PUBLIC_LEAST
from volunteers.services.serving.check_in import LONGEST_WAY
from volunteers.services.serving.codes import code_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    begun = timezone.now() - timedelta(minutes=5)
    return MeetingFactory.create(office=office, starts_at=begun, ends_at=begun + timedelta(hours=2))


def code(meeting: Meeting) -> str:
    return code_at(meeting, timezone.now())


def token(client: Client, meeting: Meeting) -> str:
    return str(client.get(f"/en/meetings/{meeting.public_id}/here/").context["form"]["token"].value())


def come(client: Client, meeting: Meeting, **typed: object) -> int:
    fields = {"token": token(client, meeting), "code": code(meeting), "sex": "female", "age": "18-35"} | typed
    return client.post(f"/en/meetings/{meeting.public_id}/here/", fields).status_code


def test_one_form_is_one_person_and_a_phone_counts_a_household(client: Client, meeting: Meeting) -> None:
    same = token(client, meeting)
    for _click in range(2):
        assert come(client, meeting, token=same, groups=["disability"]) == 302
    found = {(row.sex, row.age, row.group): row.people for row in HeadCount.objects.filter(counted_by="self")}
    assert found == {("female", "18-35", ""): 1, ("", "", "disability"): 1}
    page = client.get(f"/en/meetings/{meeting.public_id}/here/").text
    assert "This phone has counted somebody already" in page
    assert [come(client, meeting) for _person in range(5)] == [302] * 4 + [200]
    assert (count_came(meeting), read_facts(meeting).joined["female"]) == (5, 5)
    assert [field.name for field in SelfCount._meta.fields] == ["id", "meeting", "client_id"]  # nothing of anybody


def test_only_the_code_of_this_moment_counts_and_only_while_it_is_shown(client: Client, meeting: Meeting) -> None:
    old = code_at(meeting, timezone.now() - timedelta(hours=1))
    for typed in ("", "000000" if code(meeting) != "000000" else "111111", old):
        assert come(client, meeting, code=typed) == 200
    assert come(client, meeting, token="made up") == 200
    other = MeetingFactory.create(office=meeting.office)
    assert come(client, meeting, token=token(client, other)) == 200
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=timezone.now())
    assert come(client, meeting) == 200
    assert (HeadCount.objects.count(), SelfCount.objects.count()) == (0, 0)


def test_whoever_has_an_account_checks_in_with_it_and_is_not_counted_twice(
    client: Client, meeting: Meeting, learner: User
) -> None:
    come(client, meeting)
    client.force_login(learner)
    led_on = client.get(f"/en/meetings/{meeting.public_id}/here/?code={code(meeting)}")
    assert (led_on.status_code, "/check-in/" in led_on["Location"]) == (302, True)
    assert 'name="was_counted"' in client.get(led_on["Location"]).text
    client.post("/en/meetings/check-in/", {"code": code(meeting), "at": meeting.public_id, "was_counted": "on"})
    client.cookies.clear()
    assert (meeting.check_ins.get().was_counted, count_came(meeting)) == (True, 1)
    check_in(UserFactory.create(), code(meeting), Coming(), at=meeting.public_id)
    assert count_came(meeting) == 2


def test_the_signed_out_page_of_the_code_offers_it(client: Client, meeting: Meeting) -> None:
    page = client.get(f"/en/meetings/check-in/?code={code(meeting)}&at={meeting.public_id}").text
    assert f"/en/meetings/{meeting.public_id}/here/?code={code(meeting)}" in page
    assert "Be counted without an account" not in client.get("/en/meetings/check-in/?at=nonsense").text


def test_the_office_says_whom_it_counted_and_nobody_is_counted_twice(
    client: Client, meeting: Meeting, clerk: User
) -> None:
    for _person in range(3):
        come(Client(), meeting, groups=["disability"])
    check_in(UserFactory.create(), code(meeting), Coming(sex="male"), at=meeting.public_id)
    set_door(meeting, {("female", "18-35"): 30}, {}, by=clerk)
    client.force_login(clerk)
    page = client.get(f"/en/meetings/{meeting.public_id}/came/").text
    assert all(words in page for words in ("Counted in three ways", "Whom did you count at the door?", "note sun"))
    assert (count_came(meeting), read_numbers(meeting).needs_word) == (34, True)
    assert ["until you say whom" in page, "nobody twice" in page] == [True, False]
    client.post(f"/en/meetings/{meeting.public_id}/door/whom/", {"means": "all"})
    assert "nobody twice" in client.get(f"/en/meetings/{meeting.public_id}/came/").text
    meeting.refresh_from_db()
    numbers = read_numbers(meeting)
    assert (numbers.door, numbers.signed_in, numbers.by_themselves, numbers.together) == (30, 1, 3, 30)
    assert read_facts(meeting).joined == {"": 30, "female": 30, "youth": 30}
    say_whom(meeting, DoorMeans.OTHERS, by=clerk)
    meeting.refresh_from_db()
    assert read_facts(meeting).joined == {"": 34, "female": 33, "youth": 33, "disability": 3}


def test_few_who_counted_themselves_tell_nothing_beside_the_door(meeting: Meeting, clerk: User) -> None:
    set_door(meeting, {("female", "18-35"): 20, ("male", "36-60"): 20}, {}, by=clerk)
    come(Client(), meeting, groups=["minority"])
    ended = timezone.now() - LONGEST_WAY - timedelta(minutes=1)
    begun = ended - timedelta(hours=2)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=ended, starts_at=begun, input_until_at=begun)
    meeting.refresh_from_db()
    came = read_came(meeting, least=PUBLIC_LEAST)
    assert (came.people, came.by_sex, came.by_age, came.by_group) == (41, [], [], [])


def test_a_code_cannot_be_guessed_by_many_tries(client: Client, meeting: Meeting, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"count_me": "2/h/ip"}  # type: ignore[attr-defined]
    assert [come(client, meeting, code="123456") for _try in range(3)] == [200, 200, 429]
