"""The ledger of invitations, links that count openings, and the button of whoever was not told."""

import uuid
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.signals import deleting_account, exporting
from notifications.models import Notification
from participation.enums import Channel
from participation.models import Invitation, Meeting, ShareLink, Untold
from participation.services.facts import read_facts
from participation.services.inviting import links
from participation.services.inviting.ledger import Told, note_invitation
from participation.services.inviting.reading import read_ledger
from participation.services.inviting.untold import Where, make_key, say_untold, say_where
from participation.services.moving import move_meetings
from participation.services.rsvp import answer
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.attendance import make_placement
from tests.factories.participation import MeetingFactory
from tests.factories.places import VillageFactory
from ui.words import to_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    return MeetingFactory.create(office=office)


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    client.force_login(clerk)
    return client


def type_line(client: Client, meeting: Meeting, **fields: Any) -> Any:
    typed = {"client_id": uuid.uuid4(), "channel": "chief", "people": "30", "day": timezone.localdate().isoformat()}
    return client.post(f"/en/meetings/{meeting.public_id}/invitations/", typed | fields)


def test_the_office_writes_a_line_once_and_the_silent_village_stands_out(desk: Client, meeting: Meeting) -> None:
    told = VillageFactory.create(commune=meeting.commune, name_en="Told")
    VillageFactory.create(commune=meeting.commune, name_en="Silent")
    same = uuid.uuid4()
    for _again in range(2):
        assert type_line(desk, meeting, village=told.pk, women="12", youth="9", client_id=same).status_code == 302
    assert read_facts(meeting).invited == {"": 30, "female": 12, "youth": 9}
    other = MeetingFactory.create(office=meeting.office)
    type_line(desk, other, client_id=same)  # an id of another ledger says nothing here
    assert (other.invitations.count(), meeting.invitations.count()) == (1, 1)
    ledger = read_ledger(meeting)
    assert ([row.name for row in ledger.silent], ledger.villages[1].told) == (
        [VillageFactory._meta.model.objects.get(name_en="Silent").title],
        [30, 0, 0, 0],
    )
    assert "1 village heard nothing" in desk.get(f"/en/meetings/{meeting.public_id}/invitations/").text
    desk.post(f"/en/meetings/{meeting.public_id}/invitations/{meeting.invitations.get().pk}/")
    assert read_facts(meeting).invited == {}


def test_wrong_lines_come_back_as_typed(desk: Client, meeting: Meeting) -> None:
    elsewhere = VillageFactory.create()
    page = type_line(desk, meeting, people="3", women="4").text
    assert ("These are more than all of them." in page, 'value="4"' in page) == (True, True)
    assert type_line(desk, meeting, village=elsewhere.pk).status_code == 200
    assert type_line(desk, meeting, day="2999-01-01").status_code == 200
    assert Invitation.objects.count() == 0


def test_a_volunteer_of_the_office_writes_and_nobody_else(meeting: Meeting, office: Organisation) -> None:
    line = Told(Channel.VOLUNTEER, 5, timezone.localdate())
    with pytest.raises(PermissionDenied):
        note_invitation(meeting, line, by=UserFactory.create())
    volunteer = UserFactory.create()
    make_placement(volunteer, office)
    assert note_invitation(meeting, line, by=volunteer).people == 5
    client = Client()
    client.force_login(volunteer)
    assert client.get(f"/en/meetings/{meeting.public_id}/invitations/").status_code == 200


def test_the_ledger_reads_in_as_many_queries_for_three_villages(
    meeting: Meeting, django_assert_num_queries: Any
) -> None:
    for _count in range(2):
        VillageFactory.create(commune=meeting.commune)
        with django_assert_num_queries(8):
            read_ledger(meeting)


def test_a_link_counts_openings_by_channel_and_tells_how_they_heard(meeting: Meeting, learner: User) -> None:
    sharer, opener = Client(), Client()
    sharer.force_login(learner)
    for _again in range(2):
        sharer.post(f"/en/meetings/{meeting.public_id}/link/")
    own = ShareLink.objects.get()
    for agent in ("Mozilla/5.0", "Mozilla/5.0"):
        assert opener.get(f"/en/i/{own.code}/", headers={"User-Agent": agent}).status_code == 302
    Client().get(f"/en/i/{own.code}/", headers={"User-Agent": "TelegramBot (like TwitterBot)"})
    own.refresh_from_db()
    assert own.opened == 1
    opener.force_login(UserFactory.create())
    page = opener.get(f"/en/meetings/{meeting.public_id}/").text
    assert '<option value="telegram" selected>' in page
    Client().get(f"/en/meetings/{meeting.public_id}/from/poster/")
    assert read_ledger(meeting).opened == {"telegram": 1, "poster": 1}
    assert read_facts(meeting).heard == {"": 2}
    assert Client().get(f"/en/meetings/{meeting.public_id}/from/nowhere/").status_code == 404


def test_how_people_heard_is_told_unless_they_are_few(meeting: Meeting) -> None:
    for channel, people in (("chief", 6), ("poster", 2)):
        for _again in range(people):
            answer(meeting, by=UserFactory.create(), is_coming=True, channel=channel)
    heard = [heard for _name, _opened, heard in read_ledger(meeting).ways]
    few = _("too few to show")  # the larger one too: it would give the smaller away beside the whole
    assert heard == [few, to_number(0), to_number(0), few, to_number(0)]


def test_nobody_told_me_is_one_tap_counted_once(meeting: Meeting) -> None:
    phone, address = Client(), f"/en/meetings/{meeting.public_id}/untold/"
    for _again in range(3):
        assert phone.post(address, {"do": "tap"}).status_code == 302
    Client().post(address, {"do": "tap"})
    assert Untold.objects.count() == 2
    village = VillageFactory.create(commune=meeting.commune)
    phone.post(address, {"do": "say", "village": village.pk, "reason": "late"})
    assert Untold.objects.filter(village=village, reason="late").count() == 1
    assert "2 people say so." in Client().get(f"/en/meetings/{meeting.public_id}/").text
    phone.post(address, {"do": "back"})
    assert (Untold.objects.count(), read_facts(meeting).untold) == (1, {"": 1})


def test_many_taps_from_one_network_are_slowed(meeting: Meeting, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"untold": "2/h/ip"}
    for _again in range(4):
        Client(REMOTE_ADDR="203.0.113.7").post(f"/en/meetings/{meeting.public_id}/untold/", {"do": "tap"})
    assert Untold.objects.count() == 2


def test_keys_of_two_meetings_cannot_be_brought_together(meeting: Meeting, learner: User) -> None:
    other = MeetingFactory.create(office=meeting.office)
    assert make_key(meeting, user=learner, phone=uuid.uuid4()) == make_key(meeting, user=learner, phone=uuid.uuid4())
    assert make_key(meeting, user=learner, phone=uuid.uuid4()) != make_key(other, user=learner, phone=uuid.uuid4())


def test_left_out_for_ones_views_reaches_the_programme_and_never_the_commune(
    meeting: Meeting, desk: Client, clerk: User, django_capture_on_commit_callbacks: Any
) -> None:
    officer = UserFactory.create(is_superuser=True, username="officer")
    row = say_untold(meeting, "one")
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            say_where(row, Where(None, "views", "They pass by our door."))
    note = Notification.objects.get(kind="participation.left_out")
    assert (note.recipient, note.url) == (officer, "/participation/left-out/")
    for page in ("", "invitations/"):
        text = desk.get(f"/en/meetings/{meeting.public_id}/{page}").text
        assert ("pass by our door" in text, "my views" in text.lower()) == (False, False)
    assert desk.get("/en/participation/left-out/").status_code == 403
    desk.force_login(officer)
    assert "They pass by our door." in desk.get("/en/participation/left-out/").text


def test_openings_without_cookies_cannot_be_run_up(meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST_OPENINGS", 2)
    address = f"/en/meetings/{meeting.public_id}/from/poster/"
    answers = [Client(REMOTE_ADDR="203.0.113.7").get(address).status_code for _again in range(4)]
    assert (answers, meeting.share_links.get().opened) == ([302] * 4, 2)


def test_staff_who_are_clerks_there_do_not_read_who_was_left_out(
    meeting: Meeting, clerk: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=clerk.pk).update(is_superuser=True)
    with django_capture_on_commit_callbacks(execute=True):
        say_where(say_untold(meeting, "one"), Where(None, "views", "They pass by our door."))
    assert not Notification.objects.filter(kind="participation.left_out").exists()
    client.force_login(User.objects.get(pk=clerk.pk))
    page = client.get("/en/participation/left-out/")
    assert (page.status_code, "pass by our door" in page.text) == (200, False)


def test_what_was_said_goes_along_and_away_with_the_account(meeting: Meeting, learner: User) -> None:
    key = make_key(meeting, user=learner, phone=uuid.uuid4())
    village = VillageFactory.create(commune=meeting.commune)
    link = links.make_own_link(meeting, by=learner, is_volunteer=False)
    say_where(say_untold(meeting, key), Where(village, "late", "I heard it on the day."))
    say_where(say_untold(meeting, "other"), Where(village, "late", "Another."))
    parts: dict[str, Any] = {}
    exporting.send(sender=None, user=learner, parts=parts)
    assert [each["report"] for each in parts["participation"]["untold"]] == ["I heard it on the day."]
    assert [each["code"] for each in parts["participation"]["traces"]["links"]] == [link.code]
    deleting_account.send(sender=None, user=learner)
    rows = set(Untold.objects.values_list("village", "report"))
    assert rows == {(None, ""), (village.pk, "Another.")}
    assert not Untold.objects.filter(key=key).exists()
    assert ShareLink.objects.get(code=link.code).user is None  # it goes on working


def test_a_merger_takes_the_villages_along_by_name(meeting: Meeting) -> None:
    successor = OfficeFactory.create()
    same, gone = (VillageFactory.create(commune=meeting.commune, name_km=name) for name in ("ភូមិថ្មី", "ភូមិចាស់"))
    new = VillageFactory.create(commune=successor.commune, name_km="ភូមិថ្មី")
    say_where(say_untold(meeting, "one"), Where(same))
    say_where(say_untold(meeting, "two"), Where(gone))
    assert move_meetings(meeting.office, successor=successor) == {"meetings": 1}
    meeting.refresh_from_db()
    assert meeting.commune == successor.commune
    assert dict(meeting.untold.values_list("key", "village")) == {"one": new.pk, "two": None}
