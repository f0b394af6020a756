"""The code on the office's screen: new every five minutes, refused when guessed, never lost when late."""

import logging
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Organisation, User
from tests.factories.accounts import UserFactory
from tests.factories.attendance import make_placement, make_shift, make_signup
from volunteers.models import HoursEntry, Placement, Shift, ShiftSignup
from volunteers.services.machine import NotReadyError
from volunteers.services.serving.check_in import MOST_TRIES, TooManyTriesError, WrongCodeError, check_in
from volunteers.services.serving.codes import clean_code, code_at, is_fresh, is_showing, seconds_left, was_shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(learner: User, office: Organisation) -> Placement:
    return make_placement(learner, office)


@pytest.fixture
def signup(placement: Placement) -> ShiftSignup:
    return make_signup(placement)


def wrong_code(shift: Shift) -> str:
    """Never shown by this shift."""
    return next(code for code in (f"{number:06}" for number in range(1000)) if not was_shown(shift, code))


def test_a_code_lives_for_its_five_minutes_and_the_next() -> None:
    shift, moment = make_shift(make_placement()), timezone.now()
    code = code_at(shift, moment)
    assert (len(code), code.isdecimal(), 0 < seconds_left(moment) <= 300) == (6, True, True)
    start = moment + timedelta(seconds=seconds_left(moment) - 300)
    fresh = [is_fresh(shift, code, start + timedelta(minutes=minutes)) for minutes in (-1, 0, 4, 9, 11)]
    assert fresh == [False, True, True, True, False]
    assert code_at(make_shift(make_placement()), moment) != code or code_at(shift, moment) == code
    assert was_shown(shift, code)


def test_a_code_shows_from_an_hour_before_until_the_end() -> None:
    now = timezone.now()
    shift = make_shift(make_placement(), now, hours=2)
    shown = [is_showing(shift, now + timedelta(minutes=minutes)) for minutes in (-61, -59, 119, 121)]
    assert shown == [False, True, True, False]
    shift.cancelled_at = now
    assert not is_showing(shift, now)


def test_khmer_digits_and_gaps_are_read() -> None:
    assert clean_code(" ១២៣ 456 ") == "123456"


def test_checking_in_claims_the_hours_of_the_shift(learner: User, signup: ShiftSignup) -> None:
    done = check_in(learner, code_at(signup.shift, timezone.now()))
    assert (done.status, done.arrival) == ("attended", "code")
    entry = HoursEntry.objects.get()
    assert (entry.signup_id, entry.minutes, entry.status) == (signup.pk, 180, "claimed")
    assert [line.verb for line in done.transitions.all()] == ["check_in"]
    assert [line.verb for line in entry.transitions.all()] == ["claim"]


def test_twice_is_once(learner: User, signup: ShiftSignup) -> None:
    key, code = uuid.uuid4(), code_at(signup.shift, timezone.now())
    first = check_in(learner, code, client_id=key)
    assert check_in(learner, "000000", client_id=key).pk == first.pk
    assert check_in(learner, code).pk == first.pk
    assert (HoursEntry.objects.count(), signup.transitions.count()) == (1, 1)


def test_who_comes_late_is_recorded_as_late(learner: User, placement: Placement) -> None:
    shift = make_shift(placement, timezone.now() - timedelta(minutes=62))
    make_signup(placement, shift)
    done = check_in(learner, code_at(shift, timezone.now()))
    assert (done.status, done.arrival, HoursEntry.objects.get().minutes) == ("attended", "late", 115)


def test_a_phone_without_network_tells_it_the_next_day(learner: User, placement: Placement) -> None:
    came = timezone.now() - timedelta(hours=20)
    shift = make_shift(placement, came - timedelta(minutes=2))
    make_signup(placement, shift)
    done = check_in(learner, code_at(shift, came), happened_at=came, client_id=uuid.uuid4())
    assert (done.status, done.arrival, done.arrived_at) == ("attended", "code", came)
    assert done.received_at is not None
    assert done.received_at > came + timedelta(hours=19)


def test_a_phone_that_tells_it_days_later_is_not_trusted_alone(learner: User, placement: Placement) -> None:
    came = timezone.now() - timedelta(days=20)
    shift = make_shift(placement, came - timedelta(minutes=2))
    make_signup(placement, shift)
    done = check_in(learner, code_at(shift, came), happened_at=came, client_id=uuid.uuid4())
    assert (done.status, done.arrival, HoursEntry.objects.count()) == ("signed_up", "unsure", 0)


def test_a_code_of_another_moment_of_the_shift_is_kept_for_the_office(learner: User, signup: ShiftSignup) -> None:
    old = code_at(signup.shift, signup.starts_at - timedelta(minutes=50))
    done = check_in(learner, old)
    assert (done.status, done.arrival, HoursEntry.objects.count()) == ("signed_up", "unsure", 0)


def test_what_the_office_wrote_meanwhile_is_not_overruled(learner: User, placement: Placement) -> None:
    signup = make_signup(placement, status="no_show")
    done = check_in(learner, code_at(signup.shift, timezone.now()))
    assert (done.status, done.arrival) == ("no_show", "unsure")


def test_a_code_of_a_shift_that_is_not_one_s_own_is_wrong(learner: User, signup: ShiftSignup) -> None:
    for elsewhere in (make_shift(signup.placement), make_shift(make_placement())):
        with pytest.raises(WrongCodeError):
            check_in(learner, code_at(elsewhere, timezone.now()))
    signup.refresh_from_db()
    assert signup.status == "signed_up"


def test_guessing_is_stopped_and_leaves_no_name_in_the_log(
    learner: User, signup: ShiftSignup, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = wrong_code(signup.shift)
    with caplog.at_level(logging.WARNING):
        for _ in range(MOST_TRIES):
            with pytest.raises(WrongCodeError):
                check_in(learner, wrong)
        with pytest.raises(TooManyTriesError):
            check_in(learner, code_at(signup.shift, timezone.now()))
    assert {record.getMessage() for record in caplog.records} == {
        "check-in: wrong code",
        "check-in: too many wrong codes from one person",
    }
    other = make_signup(make_placement(UserFactory.create()))
    assert check_in(other.person, code_at(other.shift, timezone.now())).status == "attended"


def test_a_shift_that_was_called_off_takes_nobody(learner: User, signup: ShiftSignup) -> None:
    Shift.objects.update(cancelled_at=timezone.now())
    with pytest.raises(NotReadyError):
        check_in(learner, code_at(signup.shift, timezone.now()))


def test_a_full_day_takes_the_check_in_but_no_more_hours(learner: User, signup: ShiftSignup) -> None:
    HoursEntry.objects.create(
        placement=signup.placement,
        day_date=timezone.localdate(signup.starts_at),
        minutes=720,
        happened_at=timezone.now(),
    )
    assert check_in(learner, code_at(signup.shift, timezone.now())).status == "attended"
    assert HoursEntry.objects.count() == 1
