"""Checking in by the code, counting at the door, sums that name nobody."""

import re
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.signals import deleting_account, exporting
from notifications.models import Notification
from participation.enums import AgeBand, CountedBy, CountedGroup, Sex
from participation.models import CheckIn, DoorTap, HeadCount, Meeting
from participation.services.attendance.check_in import Coming, Moment, check_in, confirm, find_attended
from participation.services.attendance.counting import Tap, set_door, tap
from participation.services.attendance.reading import read_came
from participation.services.attendance.reconciling import count_came
from participation.services.facts import read_facts
from participation.services.minutes import Text, find_minutes, save_minutes
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.participation import FollowFactory, MeetingFactory
from ui.small_groups import PUBLIC_LEAST, STAFF_LEAST
from ui.words import to_number
from volunteers.enums import Arrival
from volunteers.services.serving.check_in import WrongCodeError
from volunteers.services.serving.codes import code_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    """Began a quarter of an hour ago less a minute."""
    begun = timezone.now() - timedelta(minutes=14)
    return MeetingFactory.create(office=office, starts_at=begun, ends_at=begun + timedelta(hours=3))


@pytest.fixture
def guest() -> User:
    return UserFactory.create(username="guest", birth_year=timezone.localdate().year - 30)


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def come(person: User, meeting: Meeting, moment: datetime | None = None, **said: Any) -> CheckIn:
    moment = moment or timezone.now()
    return check_in(
        person, code_at(meeting, moment), Coming(**said), at=meeting.public_id, moment=Moment(moment, uuid.uuid4())
    )


def test_the_qr_code_checks_in_once_and_counts_what_was_said(meeting: Meeting, guest: User, desk: Client) -> None:
    shown = desk.get(f"/en/meetings/{meeting.public_id}/code/").text
    code = re.search(r'class="digits" lang="en">(\d{3}) (\d{3})<', shown)
    assert code is not None
    assert "".join(code.groups()) == code_at(meeting, timezone.now())
    phone = Client()
    phone.force_login(guest)
    page = phone.get(f"/en/meetings/check-in/?code={''.join(code.groups())}&at={meeting.public_id}").text
    typed = dict(re.findall(r'<input type="(?:hidden|text)" name="(at|code|client_id)" value="([^"]+)"', page))
    assert typed.keys() == {"at", "code", "client_id"}
    assert '<option value="18-35" selected>' in page
    for _again in range(2):
        fields = typed | {"sex": "female", "age": "18-35", "groups": ["migrant"], "hides_name": "on"}
        done = phone.post("/en/meetings/check-in/", fields, follow=True)
    assert "You checked in" in done.text
    row = CheckIn.objects.get()
    assert (row.arrival, row.is_counted, row.sex, row.age) == (Arrival.CODE, True, "", "")
    assert sorted(HeadCount.objects.values_list("counted_by", "sex", "age", "group", "people")) == [
        ("code", "", "", "migrant", 1),
        ("code", "female", "18-35", "", 1),
    ]
    roll = desk.get(f"/en/meetings/{meeting.public_id}/came/").text
    assert ("and 1 more without a name" in roll, guest.public_name in roll) == (True, False)


def test_late_is_late_and_a_code_of_another_time_waits_for_the_office(
    meeting: Meeting, guest: User, clerk: User, learner: User
) -> None:
    assert come(learner, meeting).arrival == Arrival.CODE
    Meeting.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    meeting.refresh_from_db()
    late = UserFactory.create()
    assert come(late, meeting).arrival == Arrival.LATE
    old = code_at(meeting, meeting.starts_at)
    row = check_in(guest, old, Coming(sex="male"), at=meeting.public_id)
    assert (row.arrival, row.is_counted, count_came(meeting)) == (Arrival.UNSURE, False, 2)
    for _again in range(2):
        row = confirm(row, by=clerk)
    assert (row.arrival, row.is_counted, row.sex, count_came(meeting)) == (Arrival.OFFICE, True, "", 3)
    with pytest.raises(PermissionDenied):
        confirm(row, by=learner)


def test_a_phone_without_network_is_never_lost(
    meeting: Meeting, guest: User, django_capture_on_commit_callbacks: Any
) -> None:
    moment = timezone.now() - timedelta(minutes=5)
    kept = Moment(moment, uuid.uuid4(), is_kept=True)
    with pytest.raises(WrongCodeError):
        check_in(guest, "000000", at=meeting.public_id, moment=Moment(moment))
    with django_capture_on_commit_callbacks(execute=True):
        row = check_in(guest, "000000", at=meeting.public_id, moment=kept)
    assert (row.arrival, row.is_counted, row.happened_at) == (Arrival.UNPROVED, False, moment)
    assert Notification.objects.get(recipient=guest).kind == "participation.check_in_unproved"
    sure = come(guest, meeting, moment)
    assert (sure.pk, sure.arrival, sure.is_counted) == (row.pk, Arrival.CODE, True)
    assert come(guest, meeting).pk == row.pk
    assert count_came(meeting) == 1


def test_a_code_without_its_meeting_finds_one_the_person_follows(meeting: Meeting, guest: User) -> None:
    code = code_at(meeting, timezone.now())
    with pytest.raises(WrongCodeError):
        check_in(guest, code)
    FollowFactory.create(user=guest, commune=meeting.commune)
    assert check_in(guest, code).meeting == meeting


def test_minors_are_counted_without_their_name(meeting: Meeting) -> None:
    minor = UserFactory.create(birth_year=timezone.localdate().year - 17)
    assert come(minor, meeting).hides_name is True


def test_taps_at_the_door_count_once_and_can_be_taken_back(meeting: Meeting, desk: Client) -> None:
    address, same = f"/en/meetings/{meeting.public_id}/door/", uuid.uuid4()
    for client_id in (same, same, uuid.uuid4()):
        desk.post(address, {"cell": "female_61-", "client_id": client_id})
    silent = desk.post(address, {"cell": "_", "client_id": uuid.uuid4()}, headers={"X-Tap": "1"})
    assert (silent.status_code, count_came(meeting), DoorTap.objects.count()) == (204, 3, 3)
    desk.post(address, {"cell": "female_61-", "takes_away": "on", "client_id": uuid.uuid4()})
    desk.post(address, {"cell": "male_61-", "takes_away": "on", "client_id": uuid.uuid4()})
    assert count_came(meeting) == 2
    assert desk.post(address, {"cell": "of_nobody"}).status_code == 200
    assert count_came(meeting) == 2


def test_numbers_from_paper_replace_the_taps_but_not_the_phones(meeting: Meeting, guest: User, desk: Client) -> None:
    come(guest, meeting)
    desk.post(f"/en/meetings/{meeting.public_id}/door/", {"cell": "_", "client_id": uuid.uuid4()})
    page = desk.post(f"/en/meetings/{meeting.public_id}/door/numbers/", {"female_18-35": "-1"})
    assert (page.status_code, count_came(meeting)) == (200, 2)
    typed = {"female_18-35": "12", "male_61-": "3", "disability": "2"}
    assert desk.post(f"/en/meetings/{meeting.public_id}/door/numbers/", typed).status_code == 302
    facts = read_facts(meeting)
    assert facts.joined == {"": 16, "female": 12, "youth": 12, "elderly": 3, "disability": 2}


def test_a_tap_kept_on_a_phone_is_in_the_numbers_from_paper(meeting: Meeting, clerk: User) -> None:
    before = timezone.now() - timedelta(minutes=5)
    set_door(meeting, {("", ""): 12}, {}, by=clerk)
    tap(meeting, Tap("", "", happened_at=before), by=clerk)
    assert count_came(meeting) == 12
    tap(meeting, Tap("", ""), by=clerk)
    assert count_came(meeting) == 13


def test_numbers_from_paper_do_not_swallow_a_tap_made_meanwhile(meeting: Meeting, clerk: User, desk: Client) -> None:
    address = f"/en/meetings/{meeting.public_id}/door/numbers/"

    def see() -> str:
        return re.findall(r'name="seen" value="(\d+)"', page)[0]

    page = desk.get(address).text
    typed = {"female_18-35": "12", "seen": see()}
    tap(meeting, Tap("", ""), by=clerk)
    page = desk.post(address, typed).text
    assert ("Somebody counted at the door meanwhile" in page, 'value="12"' in page, count_came(meeting)) == (
        True, True, 1,
    )  # fmt: skip
    for _click in range(2):  # a double click is no clash
        assert desk.post(address, typed | {"seen": see()}).status_code == 302
    assert (count_came(meeting), meeting.door_taps.filter(step=0).count()) == (12, 1)


def test_only_the_office_counts_and_only_when_it_is_time(meeting: Meeting, clerk: User, guest: User) -> None:
    with pytest.raises(PermissionDenied):
        tap(meeting, Tap("", ""), by=guest)
    early = MeetingFactory.create(office=meeting.office)
    client = Client()
    client.force_login(clerk)
    page = client.post(f"/en/meetings/{early.public_id}/door/", {"cell": "_"}, follow=True).text
    assert "from one hour before the meeting" in page
    assert count_came(early) == 0


@pytest.fixture
def count(meeting: Meeting, clerk: User) -> Callable[..., None]:
    def fill(**groups: int) -> None:
        cells = {(Sex.FEMALE.value, AgeBand.YOUTH.value): 20, (Sex.MALE.value, AgeBand.ELDERLY.value): 4}
        set_door(meeting, cells, {CountedGroup(name): size for name, size in groups.items()}, by=clerk)

    return fill


def end(meeting: Meeting, *, days: int = 1) -> None:
    """As if it had ended so many days ago."""
    ended = timezone.now() - timedelta(days=days)
    begun = ended - timedelta(hours=3)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=begun, ends_at=ended, input_until_at=begun)
    meeting.refresh_from_db()


def test_small_groups_are_hidden(meeting: Meeting, count: Callable[..., None]) -> None:
    count(minority=4, disability=12)
    end(meeting)
    public, staff = read_came(meeting, least=PUBLIC_LEAST), read_came(meeting, least=STAFF_LEAST)
    assert public.people == staff.people == 24
    # the small group would follow from the other and the whole
    assert [bar.shown for bar in public.by_sex] == [bar.shown for bar in staff.by_age] == [_("too few to show")] * 2
    assert [bar.label for bar in staff.by_group] == [CountedGroup.DISABILITY.label]


def test_nobody_who_checked_in_follows_from_the_numbers_of_the_door(
    meeting: Meeting, count: Callable[..., None], guest: User
) -> None:
    """The office knows how many it counted itself, and reads the names of the check-ins."""
    count(disability=12)
    come(guest, meeting, groups=["disability"], sex="female", age="18-35")
    end(meeting)
    for least in (STAFF_LEAST, PUBLIC_LEAST):
        came = read_came(meeting, least=least)
        assert (came.people, came.by_sex, came.by_age, came.by_group) == (25, [], [], [])


def test_enough_phones_are_told_together_with_the_door(meeting: Meeting, count: Callable[..., None]) -> None:
    count(disability=12)
    for number in range(11):
        groups = ["disability"] if number < 6 else []
        come(UserFactory.create(), meeting, groups=groups, sex="female" if number < 5 else "male")
    end(meeting)
    came = read_came(meeting, least=STAFF_LEAST)
    assert [bar.shown for bar in came.by_group] == [to_number(18)]
    assert [bar.shown for bar in came.by_sex] == [to_number(25), to_number(10)]


def test_phones_that_said_nothing_hide_nothing(meeting: Meeting, count: Callable[..., None]) -> None:
    count(disability=12)
    for _number in range(4):
        come(UserFactory.create(), meeting)
    end(meeting)
    few = read_came(meeting, least=STAFF_LEAST)
    HeadCount.objects.filter(meeting=meeting, counted_by=CountedBy.CODE).update(people=5)
    enough = read_came(meeting, least=STAFF_LEAST)
    assert [(bool(came.by_sex), len(came.by_group)) for came in (few, enough)] == [(True, 0), (True, 1)]


def test_bars_wait_until_no_phone_is_counted_any_more(
    meeting: Meeting, count: Callable[..., None], desk: Client
) -> None:
    count(disability=12)
    address = f"/en/meetings/{meeting.public_id}/came/"
    page = desk.get(address).text
    assert ("24 people counted" in page, "People with a disability" in page, "one day after" in page) == (
        True, False, True,
    )  # fmt: skip
    end(meeting)
    page = desk.get(address).text
    assert ("People with a disability" in page, "one day after" in page) == (True, False)


def test_whoever_is_confirmed_once_the_bars_stand_moves_none(meeting: Meeting, guest: User, clerk: User) -> None:
    end(meeting)
    row = CheckIn.objects.create(
        meeting=meeting, user=guest, arrival="unsure", sex="male", happened_at=meeting.starts_at
    )
    confirm(row, by=clerk)
    assert list(HeadCount.objects.values_list("sex", "age", "people")) == [("", "", 1)]


def test_everybody_reads_the_sums_and_nobody_a_name(
    meeting: Meeting, count: Callable[..., None], guest: User, client: Client
) -> None:
    count(disability=12)
    end(meeting, days=0)
    page = client.get(f"/en/meetings/{meeting.public_id}/").text
    assert "People with a disability" not in page
    end(meeting)
    CheckIn.objects.create(meeting=meeting, user=guest, arrival="code", is_counted=True, happened_at=meeting.starts_at)
    page = client.get(f"/en/meetings/{meeting.public_id}/").text
    assert ("People with a disability" in page, guest.public_name in page) == (True, False)


def test_the_count_goes_into_the_minutes(
    meeting: Meeting, count: Callable[..., None], clerk: User, desk: Client
) -> None:
    count()
    assert 'name="came_count" value="24"' in desk.get(f"/en/meetings/{meeting.public_id}/minutes/").text
    save_minutes(meeting, Text("We met."), lines=[], by=clerk)
    minutes = find_minutes(meeting)
    assert minutes is not None
    assert minutes.came_count == 24
    save_minutes(meeting, Text("We met.", came_count=30), lines=[], by=clerk)
    minutes.refresh_from_db()
    assert minutes.came_count == 30


def test_the_account_takes_its_check_in_with_it_and_leaves_the_sum(meeting: Meeting, guest: User) -> None:
    come(guest, meeting)
    parts: dict[str, Any] = {}
    exporting.send(sender=None, user=guest, parts=parts)
    assert [row["arrival"] for row in parts["participation"]["check_ins"]] == ["code"]
    deleting_account.send(sender=None, user=guest)
    assert (CheckIn.objects.count(), count_came(meeting)) == (0, 1)


def test_a_stranger_reads_no_roll(meeting: Meeting, client: Client) -> None:
    rival = OfficeFactory.create()
    client.force_login(UserFactory.create())
    assert client.get(f"/en/meetings/{meeting.public_id}/came/").status_code == 403
    assert rival.pk != meeting.office_id


def test_signed_out_the_form_waits_for_the_sign_in(meeting: Meeting, guest: User, client: Client) -> None:
    code = code_at(meeting, timezone.now())
    bare = client.get("/en/meetings/check-in/")
    assert (bare.status_code, "sign in" in bare.text.lower()) == (200, True)
    about = {"sex": "woman", "age": "18-35", "groups": "has_disability"}
    sent = client.post("/en/meetings/check-in/", {"code": code, "at": meeting.public_id, **about})
    assert [value for value in about.values() if value in str(dict(client.session))] == []  # it tells too much to lie
    assert (sent.status_code, "/accounts/login/" in sent["Location"]) == (302, True)
    kept = client.post("/en/meetings/check-in/", {"code": code, "sent_at": timezone.now().isoformat()})
    assert kept.status_code == 403  # the phone keeps it on
    client.force_login(guest)
    assert f'value="{code}"' in client.get("/en/meetings/check-in/").text
    assert HeadCount.objects.filter(counted_by=CountedBy.CODE).count() == 0


def test_under_15_is_counted_without_a_row(meeting: Meeting) -> None:
    child = UserFactory.create(birth_year=timezone.localdate().year - 13)
    for _again in range(2):
        assert come(child, meeting, sex="woman").is_counted
    assert (CheckIn.objects.count(), count_came(meeting), find_attended(child).count()) == (0, 1, 0)
    with pytest.raises(WrongCodeError):
        check_in(child, "000000", at=meeting.public_id, moment=Moment(timezone.now(), uuid.uuid4(), is_kept=True))
    assert not CheckIn.objects.exists()
