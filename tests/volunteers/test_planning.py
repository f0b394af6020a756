"""The office makes, changes and calls off shifts; the people who counted on them are told."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from tests.factories.serving import ShiftFactory, SignupFactory
from tests.factories.volunteers import RequestFactory
from volunteers.enums import SignupStatus
from volunteers.models import Shift, ShiftSignup, VolunteerRequest
from volunteers.services.machine import NotReadyError
from volunteers.services.requests import change_request
from volunteers.services.shifts.planning import Plan, call_off_shift, change_shift, find_plan_problems, make_shifts

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(office: Organisation) -> VolunteerRequest:
    return RequestFactory.create(office=office)


def plan_of(request: VolunteerRequest, **changes: Any) -> Plan:
    """Six weeks of mornings, by the dates of the request."""
    usual = {
        "first": request.start_date,
        "last": request.end_date,
        "weekdays": frozenset({0, 2}),
        "begins": time(8),
        "ends": time(10),
        "seats": 2,
    }
    return Plan(**{**usual, **changes})


def day_plan(shift: Shift, **changes: Any) -> Plan:
    day = timezone.localtime(shift.starts_at).date()
    usual = {
        "first": day,
        "last": day,
        "weekdays": frozenset(range(7)),
        "seats": shift.seats,
        "begins": time(8),
        "ends": time(10),
    }
    return Plan(**{**usual, **changes})


def test_a_weekly_pattern_is_made_once(request_: VolunteerRequest, clerk: User) -> None:
    plan = plan_of(request_)
    assert make_shifts(request_, plan, by=clerk) == 12
    assert make_shifts(request_, plan, by=clerk) == 0
    begins = [timezone.localtime(shift.starts_at) for shift in request_.shifts.all()]
    assert {(moment.weekday(), moment.hour) for moment in begins} == {(0, 8), (2, 8)}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": date(2020, 1, 6), "last": date(2020, 1, 12)}, "first last"),
        ({"last": date(2099, 1, 6)}, "last"),
        ({"ends": time(7)}, "ends"),
        ({"begins": time(6), "ends": time(18, 30)}, "ends"),
        ({"begins": time(17), "ends": time(19)}, "begins"),
        ({"begins": time(5), "ends": time(9)}, "begins"),
        ({"weekdays": frozenset()}, "weekdays"),
    ],
)
def test_what_forbids_a_plan(request_: VolunteerRequest, clerk: User, changes: Any, field: str) -> None:
    plan = plan_of(request_, **changes)
    assert list(find_plan_problems(request_, plan)) == field.split()
    with pytest.raises(NotReadyError):
        make_shifts(request_, plan, by=clerk)
    assert Shift.objects.count() == 0


def test_adults_may_come_in_the_evening(request_: VolunteerRequest, clerk: User) -> None:
    VolunteerRequest.objects.update(minimum_age=18)
    request_.refresh_from_db()
    assert find_plan_problems(request_, plan_of(request_, begins=time(17), ends=time(20))) == {}


def test_only_days_of_the_pattern_can_be_past(request_: VolunteerRequest) -> None:
    request_.start_date = today = timezone.localdate()
    soon = plan_of(request_, first=today, begins=time(0), ends=time(1), weekdays=frozenset({today.weekday()}))
    request_.minimum_age = 18
    assert list(find_plan_problems(request_, soon)) == ["begins"]
    other_days = replace(soon, weekdays=frozenset(range(7)) - {today.weekday()})
    assert find_plan_problems(request_, other_days) == {}


def test_a_pattern_is_at_most_twelve_weeks(request_: VolunteerRequest, clerk: User) -> None:
    request_.end_date = request_.start_date + timedelta(weeks=13)
    assert list(find_plan_problems(request_, plan_of(request_))) == ["last"]


def test_only_the_office_makes_shifts(request_: VolunteerRequest, stranger: User) -> None:
    shift = ShiftFactory.create(request=request_)
    for act in (
        lambda: make_shifts(request_, plan_of(request_), by=stranger),
        lambda: change_shift(shift, day_plan(shift), by=stranger),
        lambda: call_off_shift(shift, by=stranger, note="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_people_move_along_and_whoever_has_no_time_is_taken_off(request_: VolunteerRequest, clerk: User) -> None:
    shift = ShiftFactory.create(request=request_)
    free, busy = (SignupFactory.create(shift=shift) for _ in range(2))
    other = ShiftFactory.create(starts_at=shift.starts_at + timedelta(hours=3), request=request_)
    SignupFactory.create(shift=other, placement=busy.placement)
    assert change_shift(shift, day_plan(shift, begins=time(10), ends=time(12)), by=clerk) == 1
    shift.refresh_from_db()
    free.refresh_from_db()
    busy.refresh_from_db()
    assert (free.starts_at, free.status) == (shift.starts_at, "signed_up")
    assert (busy.starts_at, busy.status, shift.seats_filled) == (shift.starts_at, "cancelled", 1)
    assert [row.kind for row in free.person.notifications.all()] == ["volunteers.shift_changed"]


def test_no_shift_is_moved_onto_another(request_: VolunteerRequest, clerk: User) -> None:
    shift = ShiftFactory.create(request=request_)
    other = ShiftFactory.create(request=request_)
    with pytest.raises(NotReadyError):
        change_shift(shift, day_plan(other), by=clerk)
    shift.refresh_from_db()
    assert shift.starts_at != other.starts_at


def test_nothing_is_told_when_only_seats_change(
    request_: VolunteerRequest, clerk: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    shift = ShiftFactory.create(request=request_, seats=1)
    signup = SignupFactory.create(shift=shift)
    waiting = SignupFactory.create(shift=shift, status=SignupStatus.WAITING, queued_at=timezone.now())
    times = {"begins": timezone.localtime(shift.starts_at).time(), "ends": timezone.localtime(shift.ends_at).time()}
    with django_capture_on_commit_callbacks(execute=True):
        assert change_shift(shift, day_plan(shift, seats=2, **times), by=clerk) == 0
    waiting.refresh_from_db()
    assert (signup.person.notifications.count(), waiting.status) == (0, "called")
    with pytest.raises(NotReadyError):
        change_shift(shift, day_plan(shift, seats=1, **times), by=clerk)


def test_calling_off_needs_words_and_tells_everybody(
    request_: VolunteerRequest, clerk: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    shift = ShiftFactory.create(request=request_, seats=1)
    coming = SignupFactory.create(shift=shift)
    waiting = SignupFactory.create(shift=shift, status=SignupStatus.WAITING, queued_at=timezone.now())
    with pytest.raises(NotReadyError):
        call_off_shift(shift, by=clerk, note=" ")
    with django_capture_on_commit_callbacks(execute=True):
        call_off_shift(shift, by=clerk, note="ទឹកជំនន់។")
    assert set(ShiftSignup.objects.values_list("status", flat=True)) == {"cancelled"}
    for signup in (coming, waiting):
        assert "ទឹកជំនន់។" in signup.person.notifications.get(kind="volunteers.shift_called_off").data["note"]
    with pytest.raises(NotReadyError):
        call_off_shift(shift, by=clerk, note="ទឹកជំនន់។")


def test_a_cancelled_request_has_no_shifts_to_come(request_: VolunteerRequest, clerk: User) -> None:
    signup = SignupFactory.create(shift=ShiftFactory.create(request=request_))
    change_request(request_, "cancel", by=clerk, reason="cancel_danger")
    signup.refresh_from_db()
    signup.shift.refresh_from_db()
    assert (signup.status, signup.shift.cancelled_at is not None) == ("cancelled", True)


def test_the_pages_of_the_office(client: Client, request_: VolunteerRequest, clerk: User) -> None:
    client.force_login(clerk)
    address = reverse("shift-new", args=[request_.public_id])
    data = {
        "repeat": "weekly",
        "first": request_.start_date.isoformat(),
        "last": request_.end_date.isoformat(),
        "begins": "08:00",
        "ends": "10:00",
        "seats": 2,
    }
    assert "weekdays" in client.post(address, data).context["form"].errors
    data["weekdays"] = ["1", "3"]
    shown = client.post(address, {**data, "do": "preview"})
    assert (len(shown.context["spans"]), Shift.objects.count()) == (12, 0)
    assert client.post(address, {**data, "do": "make"}).url == reverse("request-shifts", args=[request_.public_id])
    shift = Shift.objects.first()
    assert shift is not None
    signup = SignupFactory.create(shift=shift)
    edit = reverse("shift", args=[shift.public_id])
    assert signup.person.get_full_name() in client.get(edit).text
    changed = {"first": data["first"], "begins": "09:00", "ends": "11:00", "seats": 3}
    assert client.post(edit, changed).status_code == 302
    shift.refresh_from_db()
    assert (timezone.localtime(shift.starts_at).hour, shift.seats) == (9, 3)
    off = reverse("shift-call-off", args=[shift.public_id])
    client.post(off, {"note": ""})
    assert not Shift.objects.exclude(cancelled_at=None).exists()
    client.post(off, {"note": "ទឹកជំនន់។"})
    assert Shift.objects.exclude(cancelled_at=None).get() == shift
    assert client.get(reverse("request-shifts", args=[request_.public_id])).status_code == 200
    assert client.get(reverse("request-shifts", args=[request_.public_id]) + "?past").status_code == 200
