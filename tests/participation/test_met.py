"""What was counted at meetings: kept apart from answers, told from ten people on, standing still for small steps."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation
from participation.models import HeadCount, Meeting, Minutes, StandingIndicators
from participation.services.indicators.standing import renew_indicators
from places.models import Commune
from tests.factories.accounts import OfficeFactory
from tests.factories.participation import MeetingFactory, at_eight
from tests.factories.places import CommuneFactory, DistrictFactory

pytestmark = pytest.mark.django_db


def hold(office: Organisation, came: int, *, women: int = 0, days: int = 20) -> Meeting:
    meeting = MeetingFactory.create(office=office, starts_at=at_eight(-days))
    HeadCount.objects.create(meeting=meeting, counted_by="door", sex="male", people=came - women)
    HeadCount.objects.create(meeting=meeting, counted_by="door", sex="female", people=women)
    return meeting


def met(scope: str) -> dict[str, Any]:
    row = StandingIndicators.objects.filter(scope=scope).first()
    return row.told.get("met", {}) if row else {}


def count() -> None:
    renew_indicators(timezone.localdate())


def test_a_meeting_enters_with_its_feedback(office: Organisation, commune: Commune) -> None:
    meeting = hold(office, 30, women=12)
    hold(office, 50, days=3)
    count()
    assert met(f"m:{meeting.public_id}")["steps"] == {"joined": 30}
    assert met(commune.code)["groups"] == {"female": {"n": 12, "of": 30}}
    assert (met("")["meetings"], met("")["steps"]["joined"]) == (1, 30)


def test_few_are_not_told_neither_by_themselves_nor_by_the_rest() -> None:
    district = DistrictFactory.create()
    offices = [OfficeFactory.create(commune=CommuneFactory.create(district=district)) for _ in range(3)]
    meetings = [hold(office, came) for office, came in zip(offices, (40, 20, 4), strict=True)]
    count()
    assert met(district.code[:2])["steps"]["joined"] == 64
    shown = [met(meeting.commune.code)["steps"].get("joined") for meeting in meetings]
    assert shown == [40, None, None]
    assert met(f"m:{meetings[1].public_id}")["steps"] == {}


def test_a_step_of_few_waits(office: Organisation, commune: Commune) -> None:
    hold(office, 30)
    count()
    hold(office, 4)
    count()
    assert (met(commune.code)["steps"]["joined"], met(commune.code)["meetings"]) == (30, 2)
    hold(office, 20)
    count()
    assert met(commune.code)["steps"]["joined"] == 54


def test_the_minutes_tell_where_nobody_counted_otherwise(
    client: Client, office: Organisation, commune: Commune
) -> None:
    meeting = MeetingFactory.create(office=office, starts_at=at_eight(-20))
    Minutes.objects.create(meeting=meeting, came_count=57, published_at=timezone.now())
    count()
    page = client.get(f"/en/meetings/{meeting.public_id}/participation/").text
    for words in ("Counted at meetings", ">57<", "1 meeting was held", "The two are not mixed"):
        assert words in page, words
    file: Any = client.get(f"/en/participation/figures.csv?meeting={meeting.public_id}")
    assert "Came,57," in b"".join(file.streaming_content).decode()


def test_a_draft_and_a_meeting_called_off_count_nothing(office: Organisation) -> None:
    MeetingFactory.create(office=office, draft=True, starts_at=at_eight(-20))
    count()
    assert met("") == {}
