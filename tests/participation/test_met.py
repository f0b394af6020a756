"""What was counted at meetings: kept apart from answers, told from ten people on, standing still for small steps."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation
from participation.models import HeadCount, Meeting, Minutes, StandingIndicators
from participation.services.indicators.meetings import choose_met
from participation.services.indicators.standing import renew_indicators
from participation.services.usual import plan_year_on
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


def test_the_minutes_count_all_where_phones_counted_a_few(office: Organisation, commune: Commune) -> None:
    meeting = hold(office, 25, women=12)
    Minutes.objects.create(meeting=meeting, came_count=57, published_at=timezone.now())
    hold(office, 40, women=15)
    count()
    told = met(commune.code)
    assert told["steps"] == {"joined": 97}
    assert told["groups"] == {"female": {"n": 15, "of": 40}}  # of the other nobody knows everybody's sex


def test_groups_leave_out_what_tells_of_who_checked_in(office: Organisation, commune: Commune) -> None:
    meeting = hold(office, 30, women=12)
    HeadCount.objects.create(meeting=meeting, counted_by="code", sex="female", people=1)
    count()
    assert met(commune.code)["groups"] == {}


def test_asked_and_satisfied_are_of_one_night() -> None:
    def choose(asked: int, satisfied: int) -> dict[str, int]:
        old = {"steps": {"asked": 20, "satisfied": 15}, "groups": {}}
        new = {"steps": {"asked": asked, "satisfied": satisfied, "joined": 40}, "groups": {}}
        return dict(choose_met(old, new)["steps"])

    held, moved = {"asked": 20, "satisfied": 15, "joined": 40}, {"asked": 40, "satisfied": 25, "joined": 40}
    assert [choose(29, 26), choose(31, 16), choose(21, 16), choose(40, 25)] == [held, held, held, moved]


def test_the_page_of_a_meeting_begins_with_its_own_plan(client: Client, office: Organisation) -> None:
    meeting = hold(office, 30, days=400)
    count()
    today = timezone.localdate()
    StandingIndicators.objects.create(scope="", year=plan_year_on(today) + 3)
    page = client.get(f"/en/meetings/{meeting.public_id}/participation/").text
    own, current = plan_year_on(timezone.localdate(meeting.starts_at)), plan_year_on(today)
    assert (f'<option value="{own}" selected>' in page, "1 meeting was held" in page) == (True, True)
    assert f'<option value="{current}" selected>' in client.get("/en/participation/").text
    StandingIndicators.objects.filter(year=current).delete()
    assert f'<option value="{current + 3}" selected>' in client.get("/en/participation/").text


def test_a_draft_and_a_meeting_called_off_count_nothing(office: Organisation) -> None:
    MeetingFactory.create(office=office, draft=True, starts_at=at_eight(-20))
    count()
    assert met("") == {}
