"""The roll, its undo, the appeal, and what the clocks do when nobody acts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Organisation, User
from tests.factories.accounts import UserFactory
from tests.factories.attendance import make_hours, make_placement, make_shift, make_signup
from volunteers.models import HoursEntry, Placement, Shift, ShiftSignup
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.serving.attendance import (
    Mark,
    answer_appeal,
    appeal,
    keep_roll,
    rule_appeal,
    set_mark,
    undo_roll,
)
from volunteers.services.serving.clocks import keep_serving_clocks
from volunteers.services.serving.hours import confirm_hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(learner: User, office: Organisation) -> Placement:
    return make_placement(learner, office)


@pytest.fixture
def signup(placement: Placement) -> ShiftSignup:
    return make_signup(placement)


@pytest.fixture
def staff(db: None) -> User:
    return UserFactory.create(is_superuser=True)


def age(row: ShiftSignup | HoursEntry, **span: int) -> None:
    type(row).objects.filter(pk=row.pk).update(updated_at=timezone.now() - timedelta(**span))
    row.refresh_from_db()


def test_one_form_for_the_whole_shift(clerk: User, signup: ShiftSignup) -> None:
    shift = signup.shift
    others = [make_signup(make_placement(request=shift.request), shift) for _ in range(2)]
    marks = {signup.pk: "attended", others[0].pk: "excused", others[1].pk: "no_show"}
    result = keep_roll(shift, {pk: Mark("signed_up", now) for pk, now in marks.items()}, by=clerk)
    assert (sorted(result.changed), result.refused) == (sorted((pk, "signed_up") for pk in marks), {})
    assert dict(shift.signups.values_list("pk", "status")) == marks
    shift.refresh_from_db()
    assert shift.seats_filled == 2
    assert list(HoursEntry.objects.values_list("signup", "minutes", "status")) == [(signup.pk, 180, "claimed")]


def test_undo_brings_everything_back(clerk: User, signup: ShiftSignup) -> None:
    shift = signup.shift
    other = make_signup(make_placement(request=shift.request), shift)
    marks = {signup.pk: Mark("signed_up", "attended"), other.pk: Mark("signed_up", "excused")}
    undone = undo_roll(shift, keep_roll(shift, marks, by=clerk).changed, by=clerk)
    assert (len(undone.changed), undone.refused) == (2, {})
    assert set(shift.signups.values_list("status", flat=True)) == {"signed_up"}
    shift.refresh_from_db()
    entry = HoursEntry.objects.get()
    assert (shift.seats_filled, entry.status, entry.settled_minutes) == (2, "settled", 0)
    set_mark(signup, "attended", by=clerk)
    entry.refresh_from_db()
    assert (entry.status, entry.minutes, entry.settled_minutes) == ("claimed", 180, None)
    assert [line.verb for line in entry.transitions.all()] == ["note", "void", "revive"]


def test_a_colleague_s_mark_is_not_written_over(clerk: User, signup: ShiftSignup) -> None:
    set_mark(signup, "excused", by=clerk)
    result = keep_roll(signup.shift, {signup.pk: Mark("signed_up", "no_show")}, by=clerk)
    assert (result.changed, list(result.refused)) == ([], [signup.pk])


def test_nothing_before_the_shift_begins(clerk: User, placement: Placement) -> None:
    signup = make_signup(placement, make_shift(placement, timezone.now() + timedelta(hours=1)))
    with pytest.raises(NotReadyError):
        set_mark(signup, "no_show", by=clerk)


def test_only_the_shift_s_own_office(rival: User, learner: User, signup: ShiftSignup) -> None:
    for person in (rival, learner):
        with pytest.raises(PermissionDenied):
            set_mark(signup, "attended", by=person)


def test_confirmed_hours_keep_their_attendance(clerk: User, signup: ShiftSignup) -> None:
    signup = set_mark(signup, "attended", by=clerk)
    confirm_hours(HoursEntry.objects.with_work(), by=clerk)
    for target in ("no_show", "excused", "signed_up"):
        with pytest.raises(NotReadyError):
            set_mark(signup, target, by=clerk)


def test_nobody_was_at_two_places_at_once(clerk: User, signup: ShiftSignup) -> None:
    away = make_signup(
        make_placement(signup.person, request=None, office=signup.shift.request.office), status="excused"
    )
    with pytest.raises(NotReadyError):
        set_mark(away, "attended", by=clerk)


def test_an_appeal_once_within_14_days(learner: User, clerk: User, signup: ShiftSignup) -> None:
    signup = set_mark(signup, "no_show", by=clerk)
    with pytest.raises(NotReadyError):
        appeal(signup, by=learner, words=" ")
    with pytest.raises(PermissionDenied):
        appeal(signup, by=clerk, words="I was there.")
    age(signup, days=15)
    with pytest.raises(NotReadyError):
        appeal(signup, by=learner, words="I was there.")
    age(signup, days=13)
    signup = appeal(signup, by=learner, words="I was there.")
    assert (signup.status, signup.appeal, signup.transitions.last().note) == ("no_show", "office", "I was there.")  # type: ignore[union-attr]
    with pytest.raises(NotReadyError):
        appeal(signup, by=learner, words="Again.")
    with pytest.raises(NotReadyError):
        set_mark(signup, "excused", by=clerk)


@pytest.mark.parametrize(("verb", "status", "hours"), [("believe", "attended", 1), ("forgive", "excused", 0)])
def test_the_office_believes(
    learner: User, clerk: User, signup: ShiftSignup, verb: str, status: str, hours: int
) -> None:
    signup = appeal(set_mark(signup, "no_show", by=clerk), by=learner, words="I was there.")
    signup = answer_appeal(signup, verb, by=clerk)
    assert (signup.status, signup.appeal, HoursEntry.objects.count()) == (status, "decided", hours)
    with pytest.raises(NotReadyError):
        set_mark(signup, "no_show", by=clerk)


def test_upheld_it_goes_to_the_programme(learner: User, clerk: User, staff: User, signup: ShiftSignup) -> None:
    signup = appeal(set_mark(signup, "no_show", by=clerk), by=learner, words="I was there.")
    with pytest.raises(NotReadyError):
        rule_appeal(signup, "rule_came", by=staff, words="Too early.")
    with pytest.raises(NotReadyError):
        answer_appeal(signup, "uphold", by=clerk)
    signup = answer_appeal(signup, "uphold", by=clerk, words="Nobody saw her.")
    with pytest.raises(NotReadyError):
        answer_appeal(signup, "believe", by=clerk)
    with pytest.raises(PermissionDenied):
        rule_appeal(signup, "rule_came", by=clerk, words="No.")
    signup = rule_appeal(signup, "rule_came", by=staff, words="The guide saw her.")
    assert (signup.status, signup.appeal, HoursEntry.objects.count()) == ("attended", "decided", 1)
    assert [line.verb for line in signup.transitions.all()] == ["note_absent", "appeal", "uphold", "rule_came"]


def test_staff_who_belong_to_the_office_do_not_judge(learner: User, clerk: User, signup: ShiftSignup) -> None:
    signup = appeal(set_mark(signup, "no_show", by=clerk), by=learner, words="I was there.")
    signup = answer_appeal(signup, "uphold", by=clerk, words="Nobody saw her.")
    clerk.is_superuser = True
    clerk.save()
    with pytest.raises(PermissionDenied):
        rule_appeal(signup, "rule_absent", by=clerk, words="As I said.")


def test_what_nobody_recorded_for_7_days_is_not_recorded(clerk: User, placement: Placement) -> None:
    old = make_signup(placement, make_shift(placement, timezone.now() - timedelta(days=7, hours=4)))
    fresh = make_signup(placement, make_shift(placement, timezone.now() - timedelta(days=6)))
    assert keep_serving_clocks() == 1
    assert (ShiftSignup.objects.get(pk=old.pk).status, ShiftSignup.objects.get(pk=fresh.pk).status) == (
        "not_tracked",
        "signed_up",
    )
    assert set_mark(old, "attended", by=clerk).status == "attended"


def test_an_office_that_does_not_answer_loses_its_say(learner: User, clerk: User, signup: ShiftSignup) -> None:
    signup = appeal(set_mark(signup, "no_show", by=clerk), by=learner, words="I was there.")
    assert keep_serving_clocks() == 0
    age(signup, days=8)
    assert keep_serving_clocks() == 1
    signup.refresh_from_db()
    assert (signup.status, signup.appeal) == ("no_show", "staff")


def test_a_correction_without_an_answer_stands_after_14_days(placement: Placement) -> None:
    entry = make_hours(placement, status="disputed", office_minutes=30)
    asked = make_hours(placement, status="disputed", office_minutes=30, escalated_at=timezone.now())
    for row in (entry, asked):
        age(row, days=15)
    assert keep_serving_clocks() == 1
    entry.refresh_from_db()
    asked.refresh_from_db()
    assert (entry.status, entry.settled_minutes, asked.status) == ("settled", 30, "disputed")


def test_two_clerks_mark_one_person(clerk: User, signup: ShiftSignup) -> None:
    stale = ShiftSignup.objects.with_rows().get(pk=signup.pk)
    set_mark(signup, "attended", by=clerk)
    with pytest.raises(WrongStateError):
        set_mark(stale, "attended", by=clerk)
    assert Shift.objects.get().seats_filled == 1
