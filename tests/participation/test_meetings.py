"""Calling a meeting: who writes, who reads, who is told; wrong input comes back whole."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.signals import deleting_account, exporting
from notifications.models import Notification
from participation.enums import RsvpStatus
from participation.forms.meetings import read_line
from participation.models import Meeting
from participation.services.meeting_clock import remind_of_meetings, remind_task
from participation.services.meetings import call_off, save_meeting
from participation.services.rsvp import answer
from places.models import Commune
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.participation import FollowFactory, MeetingFactory

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=20)


def typed(**changed: object) -> dict[str, object]:
    fields = {
        "step": "village",
        "title_km": "ប្រជុំជ្រើសអាទិភាព",
        "title_en": "Choose the priorities",
        "about_km": "យើងសម្រេចថា គម្រោងណាមុនគេ។",
        "day": DAY.isoformat(),
        "begins": "08:00",
        "ends": "11:00",
        "place_km": "សាលាឃុំ",
        "agenda_km": "៨:០០ ស្វាគមន៍\n9:30 មតិ\nសម្រេច",
        "agenda_en": "8:00 Welcome\nInput\nDecide",
        "access": ["step_free", "sign"],
        "languages": ["khmer", "bunong"],
        "point": "https://www.openstreetmap.org/#map=17/10.99123/104.78456",
    }
    return fields | changed


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def told(kind: str) -> set[str]:
    return {row.recipient.username for row in Notification.objects.filter(kind=f"participation.{kind}")}


def test_an_office_writes_announces_and_followers_hear(
    desk: Client, commune: Commune, office: Organisation, django_capture_on_commit_callbacks: Any
) -> None:
    FollowFactory.create(commune=commune, user__username="dara")
    answered = desk.post(f"/en/communes/{commune.code}/meetings/new/", typed())
    meeting = Meeting.objects.get()
    assert (answered["Location"], meeting.office) == (f"/en/meetings/{meeting.public_id}/", office)
    points = [(point.starts_at, point.title_km, point.title_en) for point in meeting.agenda.all()]
    assert points == [(time(8), "ស្វាគមន៍", "Welcome"), (time(9, 30), "មតិ", "Input"), (None, "សម្រេច", "Decide")]
    assert (str(meeting.latitude), str(meeting.longitude)) == ("10.99123", "104.78456")
    assert timezone.localtime(meeting.input_until_at).strftime("%d %H:%M") == f"{DAY - timedelta(days=1):%d} 17:00"
    page = Client().get(meeting.get_absolute_url())
    assert (page.status_code, told("meeting_announced")) == (404, set())
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(f"/en/meetings/{meeting.public_id}/announce/")
    assert told("meeting_announced") == {"dara"}
    text = Client().get(f"/en/meetings/{meeting.public_id}/").text
    for words in (
        "Choose the priorities",
        "Welcome",
        "9:30",
        "Sign language",
        "Khmer, Bunong",
        "openstreetmap.org",
        "t.me/share",
    ):
        assert words in text
    assert "Choose the priorities" in Client().get(f"/en/communes/{commune.code}/").text
    assert "Choose the priorities" in desk.get("/en/requests/desk/").text


def test_a_new_meeting_sent_twice_is_one_draft(desk: Client, commune: Commune, office: Organisation) -> None:
    address = f"/en/communes/{commune.code}/meetings/new/"
    form_id = str(desk.get(address).context["form"]["form_id"].value())
    first = desk.post(address, typed(form_id=form_id))
    again = desk.post(address, typed(form_id=form_id))
    back = desk.post(address, typed(form_id=form_id, place_km="វត្ត"))
    meeting = Meeting.objects.get()
    assert {first["Location"], again["Location"], back["Location"]} == {f"/en/meetings/{meeting.public_id}/"}
    assert (meeting.place_km, meeting.agenda.count()) == ("វត្ត", 3)
    desk.post(f"/en/meetings/{meeting.public_id}/announce/")
    refused = desk.post(address, typed(form_id=form_id, place_km="សាលា"))
    assert "announced already" in refused.text
    assert desk.post(address, typed(form_id=form_id, place_km="វត្ត"))["Location"] == first["Location"]
    other = MembershipFactory.create(organisation=office).user
    desk.force_login(other)
    desk.post(address, typed(form_id=form_id))
    assert set(Meeting.objects.values_list("created_by__username", flat=True)) == {
        other.username,
        meeting.created_by and meeting.created_by.username,
    }


def test_a_place_shared_from_a_phone_leads_there(desk: Client, commune: Commune) -> None:
    """A map's short link names no numbers; it is kept, with the words around it left out, and only a map's."""
    link = "https://maps.app.goo.gl/XyZ123abc?g_st=ic"
    desk.post(f"/en/communes/{commune.code}/meetings/new/", typed(point=f"សាលាឃុំ {link}"))
    meeting = Meeting.objects.get()
    assert (meeting.map_link, meeting.latitude, meeting.map_address) == (link, None, link)
    edit = f"/en/meetings/{meeting.public_id}/edit/"
    assert f'value="{link}"' in desk.get(edit).text
    desk.post(edit, typed(point="១០.៩៩១២៣, ១០៤.៧៨៤៥៦"))
    meeting.refresh_from_db()
    assert (meeting.map_link, float(meeting.latitude or 0)) == ("", 10.99123)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"point": "https://maps.app.goo.gl.evil.example/x"}, "We found no place in this."),
        ({"point": "javascript:https://osm.org"}, "We found no place in this."),
        ({"point": "http://maps.app.goo.gl/x"}, "We found no place in this."),
        ({"ends": "07:00"}, "The meeting ends before it begins."),
        ({"day": "2020-01-01", "input_day": ""}, "This time is past."),
        ({"input_day": (DAY + timedelta(days=1)).isoformat()}, "Input must come before the meeting."),
        ({"point": "104.78456, 10.99123"}, "This place is not in Cambodia."),
        ({"point": "near the pagoda"}, "We found no place in this."),
        ({"agenda_en": "One line"}, "Write as many lines as in Khmer, or leave it empty."),
        ({"agenda_km": "ក\n" * 21, "agenda_en": ""}, "At most 20 points."),
        ({"agenda_km": "ក" * 150, "agenda_en": ""}, "A line is too long."),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"title_km": ""}, "Title in Khmer"),
    ],
)
def test_wrong_input_comes_back_with_a_sentence(
    desk: Client, commune: Commune, changed: dict[str, object], sentence: str
) -> None:
    answered = desk.post(f"/en/communes/{commune.code}/meetings/new/", typed(**changed))
    assert (answered.status_code, Meeting.objects.count()) == (200, 0)
    assert sentence in answered.text
    assert "យើងសម្រេចថា គម្រោងណាមុនគេ។" in answered.text


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("8:30 Welcome", (time(8, 30), "Welcome")),
        ("8.30 - Welcome", (time(8, 30), "Welcome")),
        ("8h Welcome", (time(8), "Welcome")),
        ("៨:០០ ២ ភូមិ", (time(8), "២ ភូមិ")),
        ("៨ ម៉ោង ស្វាគមន៍", (time(8), "ស្វាគមន៍")),
        ("1. Welcome", (None, "1. Welcome")),
        ("12 villages speak", (None, "12 villages speak")),
        ("25:00 Welcome", (None, "25:00 Welcome")),
    ],
)
def test_a_line_of_the_agenda(line: str, read: tuple[time | None, str]) -> None:
    assert read_line(line) == read


def test_whoever_comes_hears_of_another_time_but_not_of_another_word(
    desk: Client, office: Organisation, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    meeting = MeetingFactory.create(office=office)
    answer(meeting, by=learner, is_coming=True)
    answer(meeting, by=UserFactory.create(), is_coming=False)
    day = timezone.localdate(meeting.starts_at)
    same = typed(day=day.isoformat(), begins="08:00", ends="11:00", point="")
    for changed, expected in (({}, set()), ({"place_km": "វត្ត"}, {"learner"})):
        with django_capture_on_commit_callbacks(execute=True):
            assert desk.post(f"/en/meetings/{meeting.public_id}/edit/", same | changed).status_code == 302
        assert told("meeting_changed") == expected


def test_a_called_off_meeting_says_why_and_takes_no_answers(
    desk: Client, office: Organisation, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    meeting = MeetingFactory.create(office=office)
    FollowFactory.create(commune=meeting.commune, user__username="dara")
    answer(meeting, by=learner, is_coming=True)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/en/meetings/{meeting.public_id}/call-off/", {"reason": "The road is under water."})
    assert told("meeting_cancelled") == {"learner", "dara"}
    client = Client()
    client.force_login(learner)
    page = client.get(f"/en/meetings/{meeting.public_id}/").text
    assert ("The road is under water." in page, "Will you come?" in page) == (True, False)
    said = client.post(f"/en/meetings/{meeting.public_id}/answer/", {"is_coming": "no"}, follow=True).text
    assert "This meeting is called off." in said
    assert desk.get(f"/en/meetings/{meeting.public_id}/edit/").status_code == 200
    refused = desk.post(f"/en/meetings/{meeting.public_id}/edit/", typed())
    assert "This meeting is called off." in refused.text
    assert b"STATUS:CANCELLED" in client.get(f"/en/meetings/{meeting.public_id}/meeting.ics").content


def test_only_a_verified_office_announces(client: Client, commune: Commune) -> None:
    waiting = OfficeFactory.create(commune=commune, waiting=True)
    client.force_login(MembershipFactory.create(organisation=waiting).user)
    meeting = MeetingFactory.create(office=waiting, draft=True)
    assert "When your office is verified" in client.get(f"/en/meetings/{meeting.public_id}/").text
    assert client.post(f"/en/meetings/{meeting.public_id}/announce/").status_code == 403


def test_another_office_neither_reads_a_draft_nor_changes_a_meeting(client: Client, office: Organisation) -> None:
    client.force_login(MembershipFactory.create().user)
    draft, announced = MeetingFactory.create(office=office, draft=True), MeetingFactory.create(office=office)
    found = [
        client.get(f"/en/meetings/{meeting.public_id}/{part}").status_code
        for meeting in (draft, announced)
        for part in ("", "edit/", "call-off/", "poster/", "meeting.ics")
    ]
    assert found == [404] * 5 + [200, 403, 403, 200, 200]
    assert client.get(f"/en/communes/{office.commune.code}/meetings/new/").status_code == 403


def test_a_reminder_the_day_before_and_once(
    office: Organisation, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    soon = MeetingFactory.create(office=office, starts_at=timezone.now() + timedelta(hours=25))
    MeetingFactory.create(office=office)
    answer(soon, by=learner, is_coming=True)
    answer(soon, by=UserFactory.create(), is_coming=False)
    counts = []
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            counts.append(remind_of_meetings())
    assert (counts, told("meeting_tomorrow")) == ([1, 0], {"learner"})


def test_a_meeting_called_off_meanwhile_is_not_announced_for_tomorrow(
    office: Organisation, learner: User, clerk: User
) -> None:
    now = timezone.now()
    soon = MeetingFactory.create(office=office, starts_at=now + timedelta(hours=25), reminded_at=now)
    answer(soon, by=learner, is_coming=True)
    call_off(soon, by=clerk, reason="Flood.")
    remind_task.call(soon.pk)
    assert told("meeting_tomorrow") == set()


def test_the_poster_speaks_both_languages_and_carries_the_code(client: Client, office: Organisation) -> None:
    meeting = MeetingFactory.create(office=office)
    text = client.get(f"/km/meetings/{meeting.public_id}/poster/").text
    assert all(
        words in text for words in ("Choose the priorities", "ប្រជុំជ្រើសអាទិភាព", 'class="qr"', str(meeting.public_id))
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same(client: Client, office: Organisation, rows: int, django_assert_num_queries: Any) -> None:
    meetings = [MeetingFactory.create(office=office) for _ in range(rows)]
    for _ in range(rows):
        answer(meetings[0], by=UserFactory.create(), is_coming=True)
    pages = {f"/en/communes/{office.commune.code}/meetings/": 2, f"/en/meetings/{meetings[0].public_id}/": 6}
    for address, count in pages.items():
        cache.clear()
        client.get(address)
        with django_assert_num_queries(count):
            assert client.get(address).status_code == 200


def test_own_data_goes_along_and_is_forgotten(office: Organisation, learner: User) -> None:
    meeting = MeetingFactory.create(office=office, capacity=1)
    neighbour = UserFactory.create()
    for person in (learner, neighbour):
        answer(meeting, by=person, is_coming=True)
    parts: dict[str, Any] = {}
    exporting.send(sender=User, user=learner, parts=parts)
    assert parts["participation"]["meetings"][0]["answer"] == "coming"
    deleting_account.send(sender=User, user=learner)
    meeting.refresh_from_db()
    assert (learner.rsvps.count(), neighbour.rsvps.get().status, meeting.coming_count) == (0, RsvpStatus.COMING, 1)


def test_saving_what_was_typed_leaves_the_rest_alone(office: Organisation, clerk: User) -> None:
    read = MeetingFactory.create(office=office)
    Meeting.objects.filter(pk=read.pk).update(reminded_at=timezone.now(), minutes_asked=2)
    read.title_en = "Another title"
    save_meeting(read, agenda=[], by=clerk)
    now = Meeting.objects.get(pk=read.pk)
    assert (now.title_en, now.reminded_at is None, now.minutes_asked) == ("Another title", False, 2)


def test_two_clerks_do_not_overwrite_each_others_meeting(desk: Client, office: Organisation) -> None:
    meeting = MeetingFactory.create(office=office)
    address = f"/en/meetings/{meeting.public_id}/edit/"
    seen = meeting.changed_at.isoformat()
    assert f'value="{seen}"' in desk.get(address).text
    for _again in range(2):  # sent twice it is one change
        assert desk.post(address, typed(changed_at=seen)).status_code == 302
    late = typed(changed_at=seen, title_en="Another title")
    refused = desk.post(address, late).text
    meeting.refresh_from_db()
    assert ("Yours stands here." in refused, "Another title" in refused) == (True, True)
    assert meeting.title_en == typed()["title_en"]
    assert f'value="{meeting.changed_at.isoformat()}"' in refused
    assert desk.post(address, late | {"changed_at": meeting.changed_at.isoformat()}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.title_en == "Another title"
