"""Signing up for shifts: seats, clashes, the waiting list and its clock; what the database itself refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from tests.factories.serving import PlacementFactory, ShiftFactory, SignupFactory
from volunteers.enums import SignupStatus
from volunteers.models import Placement, Shift, ShiftSignup
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.shifts.signing import change_signup
from volunteers.services.shifts.waiting import ShiftFullError, call_waiting, keep_calls

pytestmark = pytest.mark.django_db
SPANS = [(0, 120), (30, 60), (-60, 60), (60, 240), (-60, 240)]  # minutes from the start of a shift of two hours


def place_in(shift: Shift, **more: Any) -> Placement:
    return PlacementFactory.create(application__request=shift.request, active=True, **more)


def person_of(placement: Placement) -> User:
    return placement.application.applicant


def state_of(shift: Shift) -> tuple[int, list[str]]:
    shift.refresh_from_db()
    return shift.seats_filled, list(shift.signups.order_by("pk").values_list("status", flat=True))


def test_a_seat_is_taken_and_left_and_taken_again() -> None:
    shift = ShiftFactory.create(seats=1)
    person = person_of(place_in(shift))
    for verb, seen in (("sign_up", (1, ["signed_up"])), ("leave", (0, ["cancelled"])), ("sign_up", (1, ["signed_up"]))):
        change_signup(shift, verb, by=person)
        assert state_of(shift) == seen
    with pytest.raises(WrongStateError):
        change_signup(shift, "sign_up", by=person)
    log = [line.verb for line in ShiftSignup.objects.get().transitions.all()]
    assert log == ["sign_up", "leave", "sign_up"]


def test_a_full_shift_has_a_waiting_list_and_no_other_has() -> None:
    shift = ShiftFactory.create(seats=1)
    first, second = (person_of(place_in(shift)) for _ in range(2))
    with pytest.raises(NotReadyError):
        change_signup(shift, "join_waiting", by=first)
    change_signup(shift, "sign_up", by=first)
    with pytest.raises(ShiftFullError):
        change_signup(shift, "sign_up", by=second)
    change_signup(shift, "join_waiting", by=second)
    assert state_of(shift) == (1, ["signed_up", "waiting"])


def test_who_has_no_place_there_may_not(stranger: User) -> None:
    shift = ShiftFactory.create()
    with pytest.raises(PermissionDenied):
        change_signup(shift, "sign_up", by=stranger)
    with pytest.raises(PermissionDenied):
        change_signup(shift, "attend", by=person_of(place_in(shift)))
    assert state_of(shift) == (0, [])


@pytest.mark.parametrize("status", ["paused", "completed", "ended_early"])
def test_a_place_that_rests_takes_no_shifts(status: str) -> None:
    shift = ShiftFactory.create()
    with pytest.raises(NotReadyError):
        change_signup(shift, "sign_up", by=person_of(place_in(shift, status=status)))


def test_nobody_comes_before_the_agreement_is_confirmed() -> None:
    shift = ShiftFactory.create()
    with pytest.raises(NotReadyError):
        change_signup(shift, "sign_up", by=person_of(place_in(shift, confirmed=False)))


def test_a_shift_that_began_or_is_called_off_takes_nobody() -> None:
    for change in ({"starts_at": timezone.now() - timedelta(minutes=1)}, {"cancelled_at": timezone.now()}):
        shift = ShiftFactory.create()
        Shift.objects.filter(pk=shift.pk).update(
            **change, **({"ends_at": timezone.now()} if "starts_at" in change else {})
        )
        with pytest.raises(NotReadyError):
            change_signup(shift, "sign_up", by=person_of(place_in(shift)))


@pytest.mark.parametrize(("begin", "end"), SPANS)
def test_two_shifts_at_one_time_are_refused_with_a_sentence(begin: int, end: int) -> None:
    held = SignupFactory.create()
    starts_at = held.starts_at + timedelta(minutes=begin)
    other = ShiftFactory.create(starts_at=starts_at, ends_at=held.starts_at + timedelta(minutes=end))
    PlacementFactory.create(application__request=other.request, application__applicant=held.person, active=True)
    with pytest.raises(NotReadyError):
        change_signup(other, "sign_up", by=held.person)


@pytest.mark.parametrize(("begin", "end"), SPANS)
def test_the_database_refuses_two_shifts_at_one_time(begin: int, end: int) -> None:
    held = SignupFactory.create()
    times = {
        "starts_at": held.starts_at + timedelta(minutes=begin),
        "ends_at": held.starts_at + timedelta(minutes=end),
    }
    other = ShiftFactory.create(**times)
    row = {"shift": other, "person": held.person, "placement": held.placement, **times}
    with pytest.raises(ValidationError):
        ShiftSignup(**row, status=SignupStatus.SIGNED_UP).full_clean()
    with pytest.raises(IntegrityError, match="volunteers_signup_no_clash"), transaction.atomic():
        ShiftSignup.objects.create(**row, status=SignupStatus.SIGNED_UP)
    quiet = ShiftSignup.objects.create(**row)  # not coming: holds no time
    for status in (SignupStatus.SIGNED_UP, SignupStatus.ATTENDED):
        with pytest.raises(IntegrityError, match="volunteers_signup_no_clash"), transaction.atomic():
            ShiftSignup.objects.filter(pk=quiet.pk).update(status=status)


def test_the_database_allows_one_shift_after_the_other_and_other_people() -> None:
    held = SignupFactory.create()
    after = ShiftFactory.create(request=held.shift.request, starts_at=held.ends_at)
    SignupFactory.create(shift=after, placement=held.placement)
    SignupFactory.create(shift=held.shift)
    assert ShiftSignup.objects.filter(status=SignupStatus.SIGNED_UP).count() == 3


def test_a_freed_seat_calls_the_first_who_waits(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    shift = ShiftFactory.create(seats=1)
    first, second, third = (person_of(place_in(shift)) for _ in range(3))
    change_signup(shift, "sign_up", by=first)
    change_signup(shift, "join_waiting", by=second)
    change_signup(shift, "join_waiting", by=third)
    with django_capture_on_commit_callbacks(execute=True):
        change_signup(shift, "leave", by=first)
    assert state_of(shift) == (1, ["cancelled", "called", "waiting"])
    told = second.notifications.get(kind="volunteers.shift_seat_free")
    signup = ShiftSignup.objects.get(person=second)
    assert told.due_at == signup.call_expires_at
    assert abs(signup.call_expires_at - timezone.now() - timedelta(hours=24)) < timedelta(minutes=1)  # type: ignore[operator]
    with pytest.raises(ShiftFullError):
        change_signup(shift, "sign_up", by=first)
    change_signup(shift, "confirm", by=second)
    assert state_of(shift) == (1, ["cancelled", "signed_up", "waiting"])


def test_a_call_ends_six_hours_before_the_shift() -> None:
    soon = timezone.now() + timedelta(hours=8)
    shift = ShiftFactory.create(seats=1, starts_at=soon)
    SignupFactory.create(shift=shift, status=SignupStatus.WAITING, queued_at=timezone.now())
    assert call_waiting(shift.pk) == 1
    assert ShiftSignup.objects.get().call_expires_at == soon - timedelta(hours=6)


def test_in_the_last_hours_nobody_is_called_and_who_comes_first_gets_the_seat() -> None:
    shift = ShiftFactory.create(seats=1, starts_at=timezone.now() + timedelta(hours=5))
    waiting = SignupFactory.create(shift=shift, status=SignupStatus.WAITING, queued_at=timezone.now())
    assert call_waiting(shift.pk) == 0
    change_signup(shift, "sign_up", by=waiting.person)
    assert state_of(shift) == (1, ["signed_up"])


def test_a_call_nobody_answers_goes_to_the_next(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    shift = ShiftFactory.create(seats=1)
    late = timezone.now() - timedelta(minutes=1)
    called = SignupFactory.create(shift=shift, status=SignupStatus.CALLED, call_expires_at=late)
    SignupFactory.create(shift=shift, status=SignupStatus.WAITING, queued_at=timezone.now())
    with pytest.raises(NotReadyError):
        change_signup(shift, "confirm", by=called.person)
    with django_capture_on_commit_callbacks(execute=True):
        assert keep_calls() == 1
    assert state_of(shift) == (1, ["cancelled", "called"])
    assert called.person.notifications.filter(kind="volunteers.shift_call_lapsed").count() == 1
    assert keep_calls() == 0


def test_whoever_has_no_time_is_passed_over() -> None:
    shift = ShiftFactory.create(seats=1)
    busy = SignupFactory.create(shift=shift, status=SignupStatus.WAITING, queued_at=timezone.now())
    other = ShiftFactory.create(
        starts_at=shift.starts_at, request=shift.request, ends_at=shift.ends_at + timedelta(hours=1)
    )
    SignupFactory.create(shift=other, placement=busy.placement)
    free = SignupFactory.create(shift=shift, status=SignupStatus.WAITING, queued_at=timezone.now())
    assert call_waiting(shift.pk) == 1
    free.refresh_from_db()
    assert (free.status, state_of(shift)[0]) == ("called", 1)


def test_the_counter_never_passes_the_seats() -> None:
    shift = ShiftFactory.create(seats=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(seats_filled=2)
