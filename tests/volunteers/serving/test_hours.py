"""Hours: claimed once, at most 12 a day, confirmed or settled, never deleted."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.services import delete_account
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.attendance import days_ago, make_hours, make_placement
from volunteers.enums import PlacementStatus
from volunteers.models import CalendarFeed, HoursEntry, Placement
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.serving.calendar import renew_feed
from volunteers.services.serving.hours import (
    answer_hours,
    change_claim,
    claim_hours,
    confirm_hours,
    correct_hours,
    settle_hours,
    undo_confirm,
)
from volunteers.services.serving.own_data import describe_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(learner: User, office: Organisation) -> Placement:
    return make_placement(learner, office)


@pytest.fixture
def staff(db: None) -> User:
    return UserFactory.create(is_superuser=True)


def log_of(entry: HoursEntry) -> list[tuple[str, str]]:
    return [(line.verb, line.target) for line in entry.transitions.all()]


def test_a_claim_sent_twice_counts_once(learner: User, placement: Placement) -> None:
    key = uuid.uuid4()
    first = claim_hours(placement, by=learner, day=days_ago(1), minutes=90, what=" Lists ", client_id=key)
    again = claim_hours(placement, by=learner, day=days_ago(1), minutes=90, client_id=key)
    assert (again.pk, first.what, log_of(first)) == (first.pk, "Lists", [("claim", "claimed")])
    assert HoursEntry.objects.count() == 1


def test_the_phone_s_id_of_another_person_hides_no_claim(learner: User, placement: Placement) -> None:
    other = make_placement()
    key = make_hours(other).client_id
    assert claim_hours(placement, by=learner, day=days_ago(1), minutes=90, client_id=key).client_id != key


def test_a_day_takes_12_hours_over_all_places(learner: User, placement: Placement) -> None:
    make_hours(make_placement(learner), minutes=600)
    make_hours(make_placement(), minutes=600)
    with pytest.raises(NotReadyError, match=r"12|១២"):
        claim_hours(placement, by=learner, day=days_ago(1), minutes=121)
    assert HoursEntry.objects.of(learner).count() == 1
    claim_hours(placement, by=learner, day=days_ago(1), minutes=120)
    claim_hours(placement, by=learner, day=days_ago(2), minutes=720)


@pytest.mark.parametrize("days", [-1, 31])
def test_not_in_the_future_nor_outside_the_place(learner: User, placement: Placement, days: int) -> None:
    with pytest.raises(NotReadyError):
        claim_hours(placement, by=learner, day=days_ago(days), minutes=60)
    assert claim_hours(placement, by=learner, day=timezone.localdate(), minutes=60).status == "claimed"


def test_a_place_that_ended_early_takes_no_later_day(learner: User, office: Organisation) -> None:
    ended = make_placement(learner, office, PlacementStatus.ENDED_EARLY)
    Placement.objects.filter(pk=ended.pk).update(updated_at=timezone.now() - timedelta(days=5))
    ended.refresh_from_db()
    claim_hours(ended, by=learner, day=days_ago(5), minutes=60)
    with pytest.raises(NotReadyError):
        claim_hours(ended, by=learner, day=days_ago(4), minutes=60)


def test_nobody_claims_for_another(clerk: User, stranger: User, placement: Placement) -> None:
    for person in (clerk, stranger):
        with pytest.raises(PermissionDenied):
            claim_hours(placement, by=person, day=days_ago(1), minutes=60)


def test_the_office_confirms_what_is_still_claimed(clerk: User, placement: Placement) -> None:
    entries = [make_hours(placement, days_ago(day)) for day in (1, 2, 3)]
    stale = [HoursEntry.objects.get(pk=entry.pk) for entry in entries]
    assert confirm_hours(entries[:2], by=clerk).minutes == 240
    second = confirm_hours(stale, by=clerk)
    assert ([entry.pk for entry in second.entries], second.others) == ([entries[2].pk], 2)
    assert HoursEntry.objects.total() == {"confirmed": 360, "claimed": 0}
    assert [log_of(entry) for entry in entries] == [[("confirm", "confirmed")]] * 3


def test_one_tap_undoes_within_a_day(clerk: User, placement: Placement) -> None:
    entry, old = make_hours(placement), make_hours(placement, days_ago(2), status="confirmed")
    confirm_hours([entry], by=clerk)
    HoursEntry.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(hours=25))
    old.refresh_from_db()
    undone = undo_confirm([entry, old], by=clerk)
    assert ([row.pk for row in undone.entries], undone.others) == ([entry.pk], 1)
    entry.refresh_from_db()
    assert (entry.status, entry.settled_minutes) == ("claimed", None)


def test_a_clerk_of_another_office_confirms_nothing(placement: Placement, rival: User) -> None:
    with pytest.raises(PermissionDenied):
        confirm_hours([make_hours(placement)], by=rival)


def test_a_claim_is_changed_until_it_is_answered(learner: User, clerk: User, placement: Placement) -> None:
    entry = change_claim(make_hours(placement), by=learner, minutes=60, what="Maps")
    assert (entry.minutes, entry.what, entry.counted_minutes) == (60, "Maps", 60)
    confirm_hours([entry], by=clerk)
    with pytest.raises(WrongStateError):
        change_claim(entry, by=learner, minutes=600, what="")


def test_what_is_taken_back_stays_as_nothing(learner: User, placement: Placement) -> None:
    entry = answer_hours(make_hours(placement), "take_back", by=learner)
    assert (entry.status, entry.settled_minutes, entry.counted_minutes) == ("settled", 0, 0)


def test_a_correction_needs_another_number_and_words(clerk: User, placement: Placement) -> None:
    entry = make_hours(placement, minutes=120)
    for minutes, note in ((120, "left early"), (60, " ")):
        with pytest.raises(NotReadyError):
            correct_hours(entry, by=clerk, minutes=minutes, note=note)


def test_the_volunteer_agrees(learner: User, clerk: User, placement: Placement) -> None:
    entry = correct_hours(make_hours(placement), by=clerk, minutes=60, note="left at ten")
    assert (entry.status, entry.counted_minutes) == ("disputed", 120)
    entry = answer_hours(entry, "agree", by=learner)
    assert (entry.status, entry.settled_minutes) == ("settled", 60)


def test_or_the_programme_settles_it(learner: User, clerk: User, staff: User, placement: Placement) -> None:
    entry = correct_hours(make_hours(placement), by=clerk, minutes=0, note="never came")
    with pytest.raises(NotReadyError):
        settle_hours(entry, by=staff, minutes=90, note="asked both")
    with pytest.raises(NotReadyError):
        answer_hours(entry, "escalate", by=learner)
    entry = answer_hours(entry, "escalate", by=learner, note="The guide saw me.")
    with pytest.raises(NotReadyError):
        answer_hours(entry, "agree", by=learner)
    with pytest.raises(PermissionDenied):
        settle_hours(entry, by=clerk, minutes=0, note="no")
    assert list(HoursEntry.objects.escalated()) == [entry]
    entry = settle_hours(entry, by=staff, minutes=90, note="asked both")
    assert (entry.status, entry.settled_minutes, HoursEntry.objects.escalated().count()) == ("settled", 90, 0)
    assert log_of(entry) == [("dispute", "disputed"), ("escalate", "disputed"), ("settle", "settled")]


def test_staff_of_that_office_neither_see_nor_settle_it(
    client: Client, learner: User, office: Organisation, staff: User, placement: Placement
) -> None:
    entry = make_hours(placement, status="disputed", office_minutes=0, escalated_at=timezone.now())
    client.force_login(staff)
    page = reverse("dispute-hours", args=[entry.public_id])
    assert [client.get(each).status_code for each in (page, reverse("disputes"))] == [200, 200]
    MembershipFactory.create(organisation=office, user=staff)
    staff.forget_memberships()
    assert client.get(page).status_code == 404
    assert page not in client.get(reverse("disputes")).text
    with pytest.raises(PermissionDenied):
        settle_hours(entry, by=staff, minutes=90, note="mine")


def test_a_settled_number_keeps_to_the_day_s_12_hours(learner: User, clerk: User, staff: User) -> None:
    placement = make_placement(learner)
    placement.application.request.office.memberships.create(user=clerk, role="clerk")
    clerk.forget_memberships()
    make_hours(placement, minutes=500)
    entry = make_hours(placement, minutes=100)
    with pytest.raises(NotReadyError):
        correct_hours(entry, by=clerk, minutes=221, note="more")
    answer_hours(correct_hours(entry, by=clerk, minutes=90, note="less"), "escalate", by=learner, note="no")
    with pytest.raises(NotReadyError):
        settle_hours(entry, by=staff, minutes=221, note="more")


def test_the_owner_takes_the_hours_along_and_the_words_go_with_the_account(learner: User, placement: Placement) -> None:
    entry = make_hours(placement, what="Lists")
    renew_feed(learner)
    assert [row["minutes"] for row in describe_service(learner)["hours"]] == [120]
    delete_account(learner)
    entry.refresh_from_db()
    assert (entry.what, entry.minutes, CalendarFeed.objects.count()) == ("", 120, 0)
