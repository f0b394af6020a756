"""What the calendar forbids: minors by night, offers of work that is over, a service begun before its first day."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.utils import timezone, translation

from accounts.enums import ConsentChannel
from accounts.models import Organisation, User
from accounts.services.consent import record_consent
from tests.factories.accounts import UserFactory
from tests.factories.serving import HoursFactory, PlacementFactory, ShiftFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from tests.volunteers.test_planning import day_plan
from volunteers.enums import ApplicationStatus, Clock
from volunteers.models import Application, Shift, VolunteerRequest
from volunteers.services.after.records import issue_when_due
from volunteers.services.amending import amend_request
from volunteers.services.applications import answer, decide
from volunteers.services.machine import NotReadyError
from volunteers.services.placements import change_placement
from volunteers.services.shifts.planning import change_shift
from volunteers.services.shifts.signing import change_signup

pytestmark = pytest.mark.django_db
BY_DAY = "between 6:00 and 18:00"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def minor(clerk: User) -> User:
    person = UserFactory.create(minor=True)
    record_consent(person, by=clerk, guardian_name="សុខ ម៉ាលី", channel=ConsentChannel.PHONE)
    return person


def evening_of(request: VolunteerRequest) -> Shift:
    begins = ShiftFactory.build(request=request).starts_at.replace(hour=19)
    return ShiftFactory.create(request=request, starts_at=begins, ends_at=begins + timedelta(hours=3))


def test_a_minor_takes_no_shift_by_night_and_an_adult_does(office: Organisation, minor: User) -> None:
    shift = evening_of(RequestFactory.create(office=office))
    places = [PlacementFactory.create(application__request=shift.request, active=True) for _ in range(1)]
    PlacementFactory.create(application__request=shift.request, application__applicant=minor, active=True)
    with pytest.raises(NotReadyError, match=BY_DAY):
        change_signup(shift, "sign_up", by=minor)
    assert change_signup(shift, "sign_up", by=places[0].application.applicant).status == "signed_up"


def test_a_shift_moved_into_the_night_takes_the_minor_off(office: Organisation, clerk: User, minor: User) -> None:
    request = RequestFactory.create(office=office, minimum_age=18)
    shift = ShiftFactory.create(request=request, seats=2)
    PlacementFactory.create(application__request=request, application__applicant=minor, active=True)
    change_signup(shift, "sign_up", by=minor)
    assert change_shift(shift, day_plan(shift, begins=time(19), ends=time(21)), by=clerk) == 1
    signup = shift.signups.get()
    last = signup.transitions.last()
    assert last is not None
    assert (signup.status, last.verb, last.reason) == ("cancelled", "spare", Clock.NIGHT)


def test_a_request_with_shifts_by_night_does_not_open_to_minors(office: Organisation, clerk: User) -> None:
    request = RequestFactory.create(office=office, minimum_age=18)
    shift = evening_of(request)
    request.minimum_age = 15
    with pytest.raises(NotReadyError, match=BY_DAY):
        amend_request(request, by=clerk, skills=[], course_keys=[])
    Shift.objects.filter(pk=shift.pk).update(cancelled_at=timezone.now())
    assert amend_request(request, by=clerk, skills=[], course_keys=[])


@pytest.fixture
def over(office: Organisation) -> VolunteerRequest:
    today = timezone.localdate()
    dates = {"start_date": today - timedelta(days=30), "end_date": today - timedelta(days=1)}
    return RequestFactory.create(office=office, status="expired", seats=1, **dates)


def test_work_that_is_over_is_neither_offered_nor_accepted(over: VolunteerRequest, clerk: User) -> None:
    chosen = ApplicationFactory.create(request=over, status="shortlisted")
    with pytest.raises(NotReadyError, match="last day is past"):
        decide(chosen, "offer", by=clerk)
    offered = ApplicationFactory.create(request=over, offered=True)
    with pytest.raises(NotReadyError, match="last day of this work"):
        answer(offered, "accept", by=offered.applicant)


def test_work_that_is_over_goes_to_nobody_who_stands_by(over: VolunteerRequest, clerk: User) -> None:
    line = ApplicationFactory.create(request=over, status="shortlisted", standby_rank=1)
    offered = ApplicationFactory.create(request=over, offered=True)
    answer(offered, "decline", by=offered.applicant, reason="times")
    assert Application.objects.get(pk=line.pk).status == ApplicationStatus.SHORTLISTED


def test_no_service_is_completed_before_anybody_worked(office: Organisation, clerk: User) -> None:
    placement = PlacementFactory.create(application__request__office=office, active=True)
    with pytest.raises(NotReadyError):
        change_placement(placement, "complete", by=clerk)
    HoursFactory.create(placement=placement)
    assert change_placement(placement, "complete", by=clerk).status == "completed"


def test_on_the_last_day_a_service_is_over_but_no_time_is_no_record(office: Organisation, clerk: User) -> None:
    today = timezone.localdate()
    dates = {"start_date": today - timedelta(days=9), "end_date": today}
    placement = PlacementFactory.create(application__request__office=office, active=True, **dates)
    assert change_placement(placement, "complete", by=clerk).status == "completed"
    assert issue_when_due(placement) is None
