"""From attendance to hours in one tap; and a changed shift that calendars learn of."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Organisation, User
from tests.factories.attendance import make_hours, make_placement, make_shift, make_signup
from volunteers.models import HoursEntry, Placement, Shift, ShiftSignup, VolunteerRequest
from volunteers.services.machine import NotReadyError
from volunteers.services.serving.attendance import set_mark
from volunteers.services.serving.calendar import write_feed
from volunteers.services.serving.check_in import check_in
from volunteers.services.serving.checking_out import check_out, claim_shift
from volunteers.services.serving.codes import code_at
from volunteers.services.serving.hours import confirm_hours
from volunteers.services.shifts.planning import Plan, change_shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(learner: User, office: Organisation) -> Placement:
    return make_placement(learner, office)


def test_who_goes_early_claims_as_long_as_they_were_there(
    client: Client, learner: User, clerk: User, placement: Placement
) -> None:
    signup = make_signup(placement, make_shift(placement, timezone.now() - timedelta(minutes=92)))
    with pytest.raises(NotReadyError):
        check_out(signup, by=learner)  # not there yet
    set_mark(signup, "attended", by=clerk)
    assert HoursEntry.objects.get().minutes == 180
    client.force_login(learner)
    address = reverse("signup-out", args=[signup.public_id])
    assert address in client.get(reverse("my-service")).text
    for _ in range(2):
        assert client.post(address).status_code == 302
    assert address not in client.get(reverse("my-service")).text
    entry = HoursEntry.objects.get()
    assert (entry.minutes, [line.verb for line in entry.transitions.all()]) == (90, ["note", "claim"])


def test_what_the_office_confirmed_stays(learner: User, clerk: User, placement: Placement) -> None:
    signup = make_signup(placement, make_shift(placement, timezone.now() - timedelta(minutes=10)))
    check_in(learner, code_at(signup.shift, timezone.now()))
    confirm_hours(HoursEntry.objects.with_work(), by=clerk)
    with pytest.raises(NotReadyError):
        check_out(signup, by=learner)
    signup.refresh_from_db()
    assert signup.left_at is None


def test_a_shift_nobody_recorded_is_claimed_in_one_tap(
    client: Client, learner: User, clerk: User, placement: Placement
) -> None:
    signup = make_signup(placement, make_shift(placement, timezone.now() - timedelta(days=2)))
    client.force_login(learner)
    address = reverse("signup-hours", args=[signup.public_id])
    assert address in client.get(reverse("my-service")).text
    for _ in range(2):
        client.post(address)
    entry = HoursEntry.objects.get()
    assert (entry.signup, entry.minutes, entry.status) == (signup, 180, "claimed")
    assert reverse("hours", args=[entry.public_id]) in client.get(reverse("my-service")).text
    set_mark(ShiftSignup.objects.with_rows().get(), "attended", by=clerk)
    assert HoursEntry.objects.count() == 1


def test_no_hours_of_a_shift_that_goes_on_or_is_off_or_beyond_the_day(learner: User, placement: Placement) -> None:
    going = make_signup(placement)
    off = make_signup(placement, make_shift(placement, timezone.now() - timedelta(days=1)))
    Shift.objects.filter(pk=off.shift_id).update(cancelled_at=timezone.now())
    full = make_signup(placement, make_shift(placement, timezone.now() - timedelta(days=3)))
    make_hours(placement, timezone.localdate(full.starts_at), minutes=720)
    for signup in (going, off, full):
        with pytest.raises(NotReadyError):
            claim_shift(signup, by=learner)


def test_nobody_else_s_shift(client: Client, clerk: User, placement: Placement) -> None:
    signup = make_signup(placement)
    client.force_login(clerk)
    for name in ("signup-out", "signup-hours"):
        assert client.post(reverse(name, args=[signup.public_id])).status_code == 404


def test_calendars_learn_that_a_shift_moved(learner: User, clerk: User, placement: Placement) -> None:
    """A program takes a change only with a higher SEQUENCE."""
    shift = make_shift(placement, timezone.now() + timedelta(days=2))
    make_signup(placement, shift)
    earlier = timezone.now() - timedelta(minutes=5)
    ShiftSignup.objects.update(updated_at=earlier, created_at=earlier)
    Shift.objects.update(created_at=timezone.now() - timedelta(hours=1))
    today = timezone.localdate()
    dates = {"start_date": today, "end_date": today + timedelta(days=30)}
    VolunteerRequest.objects.update(updated_at=earlier, **dates)
    (before,) = Calendar.from_ical(write_feed(learner)).walk("VEVENT")
    day = timezone.localdate(shift.starts_at)
    plan = Plan(day, day, frozenset({day.weekday()}), time(9), time(11), seats=5)
    change_shift(Shift.objects.with_request().get(), plan, by=clerk)
    (after,) = Calendar.from_ical(write_feed(learner)).walk("VEVENT")
    assert after["UID"] == before["UID"]
    assert after.decoded("DTSTART").hour == 9
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after.decoded("LAST-MODIFIED") > before.decoded("LAST-MODIFIED")
