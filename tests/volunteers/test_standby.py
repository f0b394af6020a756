"""The standby list: in the office's order, offered by itself when a place becomes free, never beyond the seats."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from home.services.clocks import keep_clocks
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import ApplicationStatus, Clock
from volunteers.models import Application, Placement, VolunteerRequest
from volunteers.services.applications import answer, decide, end_placement
from volunteers.services.choosing.standby import move_up
from volunteers.services.machine import NotReadyError

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(office: Organisation) -> VolunteerRequest:
    return RequestFactory.create(office=office, seats=1)


def stand_by(item: VolunteerRequest, clerk: User, count: int, **values: Any) -> list[Application]:
    rows = [ApplicationFactory.create(request=item, status="shortlisted", **values) for _ in range(count)]
    return [decide(row, "stand_by", by=clerk, reason="over_unscored") for row in rows]


def states_of(rows: list[Application]) -> list[str]:
    return [Application.objects.get(pk=row.pk).status for row in rows]


def test_the_first_is_offered_a_place_that_is_declined(item: VolunteerRequest, clerk: User) -> None:
    offered = ApplicationFactory.create(request=item, offered=True)
    line = stand_by(item, clerk, 2)
    move_up(line[1], by=clerk)
    answer(offered, "decline", by=offered.applicant, reason="times")
    assert states_of(line) == ["shortlisted", "offered"]
    line[1].refresh_from_db()
    last = line[1].transitions.last()
    assert last is not None
    assert (last.verb, last.by, last.reason, line[1].shown_status) == ("promote", None, Clock.STANDBY, "offered")
    assert line[1].offer_expires_at is not None
    assert line[1].offer_expires_at > timezone.now() + timedelta(hours=71)


def test_a_lapsed_offer_and_one_withdrawn_go_on_too(item: VolunteerRequest, clerk: User) -> None:
    late = ApplicationFactory.create(request=item, offered=True, offer_expires_at=timezone.now() - timedelta(minutes=1))
    line = stand_by(item, clerk, 2)
    keep_clocks()
    assert states_of([late, *line]) == ["lapsed", "offered", "shortlisted"]
    answer(line[0], "withdraw", by=line[0].applicant, reason="times")
    assert states_of(line) == ["withdrawn", "offered"]


def test_who_withdraws_without_an_offer_frees_nothing(item: VolunteerRequest, clerk: User) -> None:
    line = stand_by(item, clerk, 1)
    other = ApplicationFactory.create(request=item)
    answer(other, "withdraw", by=other.applicant, reason="times")
    assert states_of(line) == ["shortlisted"]


@pytest.mark.parametrize(("days", "state"), [(3, "offered"), (0, "shortlisted")])
def test_a_place_left_before_the_first_day_is_offered_on(
    item: VolunteerRequest, clerk: User, days: int, state: str
) -> None:
    line = stand_by(item, clerk, 1)
    taken = ApplicationFactory.create(request=item, status=ApplicationStatus.ACCEPTED)
    place = Placement.objects.create(application=taken, start_date=timezone.localdate() + timedelta(days=days))
    VolunteerRequest.objects.filter(pk=item.pk).update(seats_filled=1, status="filled")
    end_placement(place, by=taken.applicant, reason="times")
    assert states_of(line) == [state]


def test_who_may_not_accept_is_passed_over(item: VolunteerRequest, clerk: User) -> None:
    offered = ApplicationFactory.create(request=item, offered=True)
    minor, next_one = stand_by(item, clerk, 2)
    minor.applicant.birth_year = timezone.localdate().year - 17
    minor.applicant.save()
    answer(offered, "decline", by=offered.applicant, reason="times")
    assert states_of([minor, next_one]) == ["shortlisted", "offered"]
    minor.refresh_from_db()
    assert minor.is_standby


def test_never_more_offers_than_seats(item: VolunteerRequest, clerk: User) -> None:
    first, second = (ApplicationFactory.create(request=item, offered=True) for _ in range(2))  # one too many already
    line = stand_by(item, clerk, 1)
    answer(first, "decline", by=first.applicant, reason="times")
    assert states_of(line) == ["shortlisted"]
    answer(second, "decline", by=second.applicant, reason="times")
    assert states_of(line) == ["offered"]


def test_a_closed_request_offers_nothing(item: VolunteerRequest, clerk: User) -> None:
    offered = ApplicationFactory.create(request=item, offered=True)
    line = stand_by(item, clerk, 1)
    VolunteerRequest.objects.filter(pk=item.pk).update(status="closed")
    answer(offered, "decline", by=offered.applicant, reason="times")
    assert states_of(line) == ["shortlisted"]


def test_only_once_in_the_line(item: VolunteerRequest, clerk: User) -> None:
    (row,) = stand_by(item, clerk, 1)
    with pytest.raises(NotReadyError):
        decide(row, "stand_by", by=clerk)
    decide(row, "stand_down", by=clerk)
    row.refresh_from_db()
    assert not row.is_standby


def test_the_page_shows_the_line_and_moves_it(client: Client, item: VolunteerRequest, clerk: User) -> None:
    first, second = stand_by(item, clerk, 2)
    client.force_login(clerk)
    address = reverse("request-shortlist", args=[item.public_id])
    assert [row.application_id for row in client.get(address).context["standbys"]] == [
        first.public_id,
        second.public_id,
    ]
    client.post(reverse("application-up", args=[second.public_id]))
    assert [row.application_id for row in client.get(address).context["standbys"]] == [
        second.public_id,
        first.public_id,
    ]
    rival = UserFactory.create()
    client.force_login(rival)
    assert client.post(reverse("application-up", args=[first.public_id])).status_code == 404
