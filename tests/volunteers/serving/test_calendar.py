"""The calendar, read by a library that is not ours."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from accounts.models import User
from tests.factories.attendance import make_placement, make_shift, make_signup
from volunteers.models import CalendarFeed, Placement, ShiftSignup
from volunteers.services.serving.calendar import end_feed, renew_feed, write_feed
from volunteers.services.serving.ics import Event, escape, fold, write_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(learner: User) -> Placement:
    return make_placement(learner)


@pytest.fixture
def signup(placement: Placement) -> ShiftSignup:
    return make_signup(placement, make_shift(placement, datetime(2099, 3, 1, 1, 30, tzinfo=UTC)))


def address_of(feed: CalendarFeed) -> str:
    return reverse("calendar-feed", args=[feed.token])


def events_of(body: bytes) -> list[object]:
    return list(Calendar.from_ical(body).walk("VEVENT"))


def test_another_library_reads_the_shift(learner: User, signup: ShiftSignup) -> None:
    shift = signup.shift
    shift.note_km = "យក, កុំព្យូទ័រ; មក\nដល់"
    shift.save()
    calendar = Calendar.from_ical(write_feed(learner))
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Phnom_Penh"]
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("DTSTART") == shift.starts_at
    assert event.decoded("DTEND") == shift.ends_at
    assert event.decoded("DTSTART").utcoffset() == timedelta(hours=7)
    assert event["DTSTART"].params["TZID"] == "Asia/Phnom_Penh"
    assert str(event["SUMMARY"]) == shift.request.title_km
    assert str(event["DESCRIPTION"]) == shift.note_km
    assert (str(event["STATUS"]), str(event["UID"])) == ("CONFIRMED", f"shift-{shift.public_id}@chuoykhum")


def test_what_is_called_off_says_so_under_the_same_id(learner: User, signup: ShiftSignup) -> None:
    (before,) = Calendar.from_ical(write_feed(learner)).walk("VEVENT")
    signup.shift.cancelled_at = timezone.now() + timedelta(seconds=5)
    signup.shift.save()
    (after,) = Calendar.from_ical(write_feed(learner)).walk("VEVENT")
    assert str(after["STATUS"]) == "CANCELLED"
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_no_other_person_is_named(learner: User, signup: ShiftSignup) -> None:
    other = make_signup(make_placement(request=signup.shift.request), signup.shift)
    request = signup.shift.request
    with translation.override("en"):
        text = write_feed(learner).decode()
    assert text.count("BEGIN:VEVENT") == 1
    for name in (other.person.family_name_latin, learner.given_name_latin, learner.username, request.supervisor_name):
        assert name not in text


def test_lines_are_75_octets_and_no_letter_is_cut() -> None:
    folded = fold("SUMMARY:" + "ស្រ្តី" * 40)
    lines = folded.decode().split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert folded.replace(b"\r\n ", b"").decode() == "SUMMARY:" + "ស្រ្តី" * 40 + "\r\n"


def test_marks_with_a_meaning_are_escaped() -> None:
    assert escape("a,b;c\\d\r\ne\x07") == "a\\,b\\;c\\\\d\\ne"
    now = timezone.now()
    event = Event("one", "x\r\nATTENDEE:mailto:a@b.c", now, now + timedelta(hours=1), now, now)
    (read,) = Calendar.from_ical(write_calendar([event], name="n", language="km")).walk("VEVENT")
    assert "ATTENDEE" not in read


def test_the_secret_address_needs_no_sign_in_and_answers_304(
    client: Client, learner: User, signup: ShiftSignup
) -> None:
    address = address_of(renew_feed(learner))
    first = client.get(address)
    assert (first.status_code, first["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert len(events_of(first.content)) == 1
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    signup.shift.cancelled_at = timezone.now()
    signup.shift.save()
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_new_address_ends_the_old_one(client: Client, learner: User) -> None:
    old = address_of(renew_feed(learner))
    new = address_of(renew_feed(learner))
    assert [client.get(each).status_code for each in (old, new)] == [404, 200]
    end_feed(learner)
    assert client.get(new).status_code == 404


def test_an_account_that_is_switched_off_has_no_calendar(client: Client, learner: User) -> None:
    address = address_of(renew_feed(learner))
    User.objects.filter(pk=learner.pk).update(is_active=False)
    assert client.get(address).status_code == 404


def test_one_shift_as_a_file_for_its_person_alone(
    client: Client, learner: User, clerk: User, signup: ShiftSignup
) -> None:
    address = reverse("shift-ics", args=[signup.public_id])
    client.force_login(clerk)
    assert client.get(address).status_code == 404
    client.force_login(learner)
    answer = client.get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="shift.ics"'
    assert len(events_of(answer.content)) == 1


def test_settings_make_renew_and_end_the_address(client: Client, learner: User) -> None:
    client.force_login(learner)
    page = reverse("calendar")
    assert not CalendarFeed.objects.exists()
    client.get(page)
    assert not CalendarFeed.objects.exists()
    client.post(page, {"verb": "renew"})
    token = CalendarFeed.objects.get().token
    assert token in client.get(page).content.decode()
    client.post(page, {"verb": "renew"})
    assert CalendarFeed.objects.get().token != token
    client.post(page, {"verb": "end"})
    assert not CalendarFeed.objects.exists()


def test_the_calendar_speaks_its_owners_language(client: Client, learner: User, signup: ShiftSignup) -> None:
    learner.language = "en"
    learner.save(update_fields=["language"])
    body = client.get(address_of(renew_feed(learner)), HTTP_ACCEPT_LANGUAGE="km").content.decode()
    assert "my shifts" in body
