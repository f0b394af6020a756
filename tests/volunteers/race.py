"""Seats, offers and shifts, wanted by more people than there are, at the same moment."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from tests.races import run_together, split_results

if TYPE_CHECKING:
    from accounts.models import Organisation

CLIENTS = 3


def make_office() -> "Organisation":
    """One for a whole race: the factories know fewer communes than a long race has rounds."""
    from tests.factories.accounts import OfficeFactory

    return OfficeFactory.create()


def race_for_the_last_seat(rounds: int) -> None:
    """N + 1 offers for N seats, accepted at once: N succeed, the others are told, nothing is overfilled."""
    from tests.factories.volunteers import ApplicationFactory, RequestFactory
    from volunteers.models import Placement, VolunteerRequest
    from volunteers.services.applications import answer
    from volunteers.services.machine import NotReadyError
    from volunteers.services.states import SeatsFullError

    office = make_office()
    for number in range(rounds):
        seats = 1 + number % 2
        request = RequestFactory.create(office=office, seats=seats)
        offers = [ApplicationFactory.create(request=request, offered=True) for _ in range(seats + 1)]
        results = run_together([partial(answer, offer, "accept", by=offer.applicant) for offer in offers])
        _, refused = split_results(results, SeatsFullError, NotReadyError)
        assert len(refused) == 1
        request = VolunteerRequest.objects.get(pk=request.pk)
        assert (request.seats_filled, request.status) == (seats, "filled")
        assert Placement.objects.filter(application__request=request).count() == seats


def race_to_apply_twice(rounds: int) -> None:
    """One person taps "send" on two phones: one application. Others send at once: each is counted."""
    from tests.factories.accounts import UserFactory
    from tests.factories.volunteers import RequestFactory
    from volunteers.models import RequestListing
    from volunteers.services.applications import NotEligibleError, send_application

    office = make_office()
    for _ in range(rounds):
        person, request = UserFactory.create(), RequestFactory.create(office=office)
        send = partial(send_application, request, by=person, answers=("a", "b"), times=[])
        _, refused = split_results(run_together([send] * CLIENTS), NotEligibleError)
        assert len(refused) == CLIENTS - 1
        assert request.applications.count() == 1
        others = [
            partial(send_application, request, by=other, answers=("a", "b"), times=[])
            for other in UserFactory.create_batch(CLIENTS)
        ]
        assert [result for result in run_together(others) if isinstance(result, Exception)] == []
        assert RequestListing.objects.get(pk=request.pk).received == 1 + CLIENTS


def race_for_one_offer(rounds: int) -> None:
    """One offer is accepted on several phones and declined on another: one answer, and one place if it was a yes."""
    from tests.factories.volunteers import ApplicationFactory
    from volunteers.models import Placement, VolunteerRequest
    from volunteers.services.applications import answer
    from volunteers.services.machine import WrongStateError

    office = make_office()
    for _ in range(rounds):
        offer = ApplicationFactory.create(request__office=office, offered=True)
        accept = partial(answer, offer, "accept", by=offer.applicant)
        decline = partial(answer, offer, "decline", by=offer.applicant, reason="times")
        done, refused = split_results(run_together([accept, accept, decline]), WrongStateError)
        assert (len(done), len(refused)) == (1, 2)
        offer.refresh_from_db()
        places = Placement.objects.filter(application=offer).count()
        seats = VolunteerRequest.objects.get(pk=offer.request_id).seats_filled
        assert places == seats == (1 if offer.status == "accepted" else 0)
        assert offer.transitions.count() == 1


def race_for_one_shift_seat(rounds: int) -> None:
    """N + 1 people for N seats of a shift, each tapping twice: N come, all others are refused, the counter is true."""
    from tests.factories.serving import PlacementFactory, ShiftFactory
    from volunteers.models import Shift
    from volunteers.services.machine import WrongStateError
    from volunteers.services.shifts.signing import change_signup
    from volunteers.services.shifts.waiting import ShiftFullError

    office = make_office()
    for number in range(rounds):
        seats = 1 + number % 2
        shift = ShiftFactory.create(request__office=office, seats=seats)
        places = [PlacementFactory.create(application__request=shift.request, active=True) for _ in range(seats + 1)]
        taps = [partial(change_signup, shift, "sign_up", by=place.application.applicant) for place in places]
        done, _ = split_results(run_together([*taps, *taps]), ShiftFullError, WrongStateError)
        assert len(done) == seats
        shift = Shift.objects.get(pk=shift.pk)
        assert shift.seats_filled == shift.signups.filter(status="signed_up").count() == seats


def race_into_two_shifts(rounds: int) -> None:
    """One person into shifts of two offices that overlap, at the same moment: one of them only."""
    from tests.factories.serving import PlacementFactory, ShiftFactory
    from volunteers.models import ShiftSignup
    from volunteers.services.machine import NotReadyError
    from volunteers.services.shifts.signing import change_signup

    office, other = make_office(), make_office()
    for number in range(rounds):
        first = ShiftFactory.create(request__office=office)
        later = timedelta(minutes=number % 100)
        times = {"starts_at": first.starts_at + later, "ends_at": first.ends_at + later}
        second = ShiftFactory.create(request__office=other, **times)
        place = PlacementFactory.create(application__request=first.request, active=True)
        person = place.application.applicant
        PlacementFactory.create(application__request=second.request, application__applicant=person, active=True)
        taps = [partial(change_signup, shift, "sign_up", by=person) for shift in (first, second)]
        done, refused = split_results(run_together(taps), NotReadyError)
        assert (len(done), len(refused)) == (1, 1)
        assert ShiftSignup.objects.filter(person=person, status="signed_up").count() == 1


def race_past_the_service(rounds: int) -> None:
    """The same two rows written without lock or question: the database itself refuses one of them."""
    from django.db import DatabaseError

    from tests.factories.serving import PlacementFactory, ShiftFactory
    from volunteers.models import ShiftSignup

    office = make_office()
    for _ in range(rounds):
        first = ShiftFactory.create(request__office=office)
        second = ShiftFactory.create(request__office=office, starts_at=first.starts_at, ends_at=first.ends_at)
        place = PlacementFactory.create(application__request=first.request, active=True)
        person = place.application.applicant
        times = {"starts_at": first.starts_at, "ends_at": first.ends_at, "status": "signed_up"}
        rows = [{"shift": shift, "person": person, "placement": place, **times} for shift in (first, second)]
        writes = [partial(ShiftSignup.objects.create, **row) for row in rows]
        done, refused = split_results(run_together(writes), DatabaseError)
        assert (len(done), len(refused)) == (1, 1)
        assert ShiftSignup.objects.filter(person=person).count() == 1


def race_for_a_freed_seat(rounds: int) -> None:
    """Two who come leave while the clocks look: each free seat calls one of those who wait, nobody twice."""
    from django.utils import timezone

    from tests.factories.serving import ShiftFactory, SignupFactory
    from volunteers.models import Shift
    from volunteers.services.shifts.signing import change_signup
    from volunteers.services.shifts.waiting import keep_calls

    office = make_office()
    for _ in range(rounds):
        shift = ShiftFactory.create(request__office=office, seats=2)
        coming = [SignupFactory.create(shift=shift) for _ in range(2)]
        for _ in range(3):
            SignupFactory.create(shift=shift, status="waiting", queued_at=timezone.now())
        leave = [partial(change_signup, shift, "leave", by=signup.person) for signup in coming]
        split_results(run_together([*leave, keep_calls]))
        keep_calls()
        shift = Shift.objects.get(pk=shift.pk)
        assert sorted(shift.signups.values_list("status", flat=True)) == [
            "called", "called", "cancelled", "cancelled", "waiting",
        ]  # fmt: skip
        assert shift.seats_filled == 2


RACES = (
    race_for_the_last_seat,
    race_to_apply_twice,
    race_for_one_offer,
    race_for_one_shift_seat,
    race_into_two_shifts,
    race_past_the_service,
    race_for_a_freed_seat,
)


def race(rounds: int) -> None:
    """All of them, one after the other."""
    for run in RACES:
        run(rounds)
