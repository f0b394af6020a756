"""What goes on paper or into a message speaks the language of whoever follows it, not of the clerk who printed it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from notifications.services import strip_language
from participation.models import Meeting
from participation.services.inviting.links import make_own_link
from participation.services.room import opening
from participation.views import attendance, meetings, room_desk
from tests.factories.participation import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that codes were drawn of."""
    found: list[str] = []
    for module in (meetings, attendance, room_desk):
        monkeypatch.setattr(module, "draw_qr", lambda address: found.append(address) or "code")
    return found


@pytest.fixture
def meeting(office: Organisation) -> Meeting:
    begin = timezone.now() - timedelta(hours=1)
    return MeetingFactory.create(office=office, starts_at=begin, ends_at=begin + timedelta(hours=3))


def test_poster_and_codes_of_an_english_clerk(client: Client, meeting: Meeting, clerk: User, drawn: list[str]) -> None:
    room = opening.open_room(meeting, by=clerk, takes_guests=True)
    client.force_login(clerk)
    at = f"/en/meetings/{meeting.public_id}/"
    poster = client.get(f"{at}poster/").text
    assert f'class="link">http://testserver/meetings/{meeting.public_id}/<' in poster
    assert client.get(f"{at}code/").status_code == 200
    screen = client.get(f"{at}room/screen/").text
    assert "<p>testserver/hall/</p>" in screen
    assert len(drawn) == 3
    assert drawn[2] == f"http://testserver/hall/?code={room.code}"
    assert [address for address in drawn if not address.startswith("http://testserver/meetings/")] == drawn[2:]


def test_links_to_pass_on_lead_there(client: Client, office: Organisation, clerk: User) -> None:
    meeting = MeetingFactory.create(office=office)
    assert "testserver%2Fmeetings%2F" in client.get(f"/en/meetings/{meeting.public_id}/").text
    client.force_login(clerk)
    link = make_own_link(meeting, by=clerk, is_volunteer=False)
    page = client.get(f"/en/meetings/{meeting.public_id}/").text
    short = strip_language(link.path)
    assert f"http://testserver{short}" in page
    visitor = Client()
    reached = visitor.get(short, follow=True)
    assert reached.redirect_chain[-1][0] == f"/km/meetings/{meeting.public_id}/"
