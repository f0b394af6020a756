"""The machines: every arrow allowed, every other one refused, each change logged once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import ApplicationStatus, Clock, NoPlaceReason, PlacementStatus, RequestStatus
from volunteers.models import Placement, Transition, VolunteerRequest
from volunteers.services.applications import answer, decide, end_placement, send_application
from volunteers.services.approving import send_back
from volunteers.services.clocks import ClockResult, end_what_is_over, expire_if_overdue, lapse_if_overdue
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.requests import change_request, publish
from volunteers.services.states import APPLICATION, PLACEMENT, REQUEST, SeatsFullError

pytestmark = pytest.mark.django_db


def log_of(row: object) -> list[tuple[str, str, str]]:
    return [(line.verb, line.source, line.target) for line in row.transitions.all()]  # type: ignore[attr-defined]


def test_every_state_can_be_reached_and_every_target_is_a_state() -> None:
    for machine, first in ((REQUEST, "draft"), (APPLICATION, "draft"), (PLACEMENT, "agreed")):
        targets = {change.target for change in machine.changes.values()} | {first}
        assert targets == set(machine.states.values)
        for change in machine.changes.values():
            assert set(change.sources) <= set(machine.states.values)


def test_a_verified_office_opens_at_once(clerk: User, office: Organisation) -> None:
    request = publish(RequestFactory.create(office=office, draft=True), by=clerk)
    assert request.status == RequestStatus.OPEN
    assert request.is_open
    assert log_of(request) == [("publish", "draft", "open")]


def test_an_unverified_office_waits_for_staff(clerk: User) -> None:
    office = OfficeFactory.create(waiting=True)
    office.memberships.create(user=clerk, role="clerk")
    clerk.forget_memberships()
    staff = UserFactory.create(is_superuser=True)
    request = publish(RequestFactory.create(office=office, draft=True), by=clerk)
    assert request.status == RequestStatus.SUBMITTED
    with pytest.raises(NotReadyError):
        send_back(request, by=staff, reason="", note="Name the guide's post.")
    with pytest.raises(PermissionDenied):
        change_request(request, "approve", by=clerk)
    request = send_back(request, by=staff, reason="fix_guide", note="Name the guide's post.")
    assert request.status == RequestStatus.RETURNED
    request = change_request(publish(request, by=clerk), "approve", by=staff)
    assert request.is_open
    assert log_of(request) == [
        ("submit", "draft", "submitted"),
        ("send_back", "submitted", "returned"),
        ("submit", "returned", "submitted"),
        ("approve", "submitted", "open"),
    ]


def test_an_incomplete_request_is_not_published(clerk: User, office: Organisation) -> None:
    request = RequestFactory.create(office=office, draft=True, supervisor_name="")
    with pytest.raises(NotReadyError):
        publish(request, by=clerk)
    request.refresh_from_db()
    assert (request.status, log_of(request)) == (RequestStatus.DRAFT, [])


def test_a_stranger_changes_nothing(stranger: User) -> None:
    request = RequestFactory.create()
    with pytest.raises(PermissionDenied):
        change_request(request, "close", by=stranger)
    assert log_of(request) == []


def test_nobody_does_what_only_the_clock_does(clerk: User, office: Organisation) -> None:
    request = RequestFactory.create(office=office)
    with pytest.raises(PermissionDenied):
        REQUEST.move("expire", request, by=clerk)
    with pytest.raises(PermissionDenied):
        REQUEST.move("close", request, by=None)


def test_the_expiry_clock_and_one_tap_renewal(clerk: User, office: Organisation) -> None:
    request = RequestFactory.create(office=office, overdue=True)
    assert not request.is_open
    assert expire_if_overdue(request).status == RequestStatus.EXPIRED
    request = change_request(request, "renew", by=clerk)
    assert request.is_open
    assert log_of(request) == [("expire", "open", "expired"), ("renew", "expired", "open")]


def test_the_closing_date_never_passes_the_last_day(clerk: User, office: Organisation) -> None:
    today = timezone.localdate()
    request = RequestFactory.create(
        office=office, draft=True, open_days=60, start_date=today, end_date=today + timedelta(days=3)
    )
    publish(request, by=clerk)
    assert request.expires_at is not None
    assert timezone.localtime(request.expires_at).date() == today + timedelta(days=4)


def test_the_whole_way_of_an_application(clerk: User, learner: User, office: Organisation) -> None:
    request = RequestFactory.create(office=office, seats=1)
    application = send_application(request, by=learner, answers=("a", "b"), times=[])
    application = decide(application, "shortlist", by=clerk)
    application = decide(application, "offer", by=clerk)
    assert application.offer_expires_at is not None
    application = answer(application, "accept", by=learner)
    request.refresh_from_db()
    assert (application.status, request.status, request.seats_filled) == ("accepted", "filled", 1)
    assert Placement.objects.get().status == PlacementStatus.AGREED
    assert log_of(application) == [
        ("send", "draft", "submitted"),
        ("shortlist", "submitted", "shortlisted"),
        ("offer", "shortlisted", "offered"),
        ("accept", "offered", "accepted"),
    ]
    assert [(line.verb, line.by, line.reason) for line in request.transitions.all()] == [("fill", None, Clock.SEATS)]


def test_an_offer_is_a_promise(clerk: User, office: Organisation) -> None:
    request = RequestFactory.create(office=office, seats=1)
    first, second = (ApplicationFactory.create(request=request, status="shortlisted") for _ in range(2))
    decide(first, "offer", by=clerk, reason="over_unscored")
    with pytest.raises(NotReadyError):
        decide(second, "offer", by=clerk, reason="over_unscored")


def test_the_last_seat_is_taken_once() -> None:
    request = RequestFactory.create(seats=1)
    first, second = (ApplicationFactory.create(request=request, offered=True) for _ in range(2))
    answer(first, "accept", by=first.applicant)
    with pytest.raises(SeatsFullError):
        answer(second, "accept", by=second.applicant)
    second.refresh_from_db()
    request.refresh_from_db()
    assert (second.status, request.seats_filled, Placement.objects.count()) == (ApplicationStatus.OFFERED, 1, 1)


def test_the_database_refuses_an_overfilled_request() -> None:
    request = RequestFactory.create(seats=1, seats_filled=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        VolunteerRequest.objects.filter(pk=request.pk).update(seats_filled=2)


def test_an_offer_lapses_after_72_hours() -> None:
    late = timezone.now() - timedelta(minutes=1)
    application = ApplicationFactory.create(offered=True, offer_expires_at=late)
    with pytest.raises(NotReadyError):
        answer(application, "accept", by=application.applicant)
    assert lapse_if_overdue(application).status == ApplicationStatus.LAPSED
    assert [(line.by, line.reason) for line in application.transitions.all()] == [(None, Clock.OFFER)]


def test_the_command_keeps_every_clock() -> None:
    ApplicationFactory.create(offered=True, offer_expires_at=timezone.now() - timedelta(minutes=1))
    ApplicationFactory.create(offered=True)
    RequestFactory.create(overdue=True)
    assert end_what_is_over() == ClockResult(lapsed=1, expired=1)
    assert end_what_is_over() == ClockResult(lapsed=0, expired=0)


def test_refusing_needs_a_reason_from_the_list(clerk: User, office: Organisation) -> None:
    application = ApplicationFactory.create(request__office=office)
    for reason in ("", "family_tie"):
        with pytest.raises(NotReadyError):
            decide(application, "refuse", by=clerk, reason=reason)
    assert decide(application, "refuse", by=clerk, reason=NoPlaceReason.SKILLS).status == "not_placed"


def test_closing_answers_everybody_who_waits(clerk: User, office: Organisation) -> None:
    request = RequestFactory.create(office=office)
    waiting = ApplicationFactory.create(request=request)
    offered = ApplicationFactory.create(request=request, offered=True)
    with pytest.raises(NotReadyError):
        change_request(request, "close", by=clerk)
    answer(offered, "decline", by=offered.applicant, reason="times")
    assert change_request(request, "close", by=clerk).status == RequestStatus.CLOSED
    waiting.refresh_from_db()
    assert waiting.status == ApplicationStatus.NOT_PLACED
    assert waiting.transitions.get().reason == NoPlaceReason.CHANGED


def test_cancelling_ends_placements_and_offers(clerk: User, office: Organisation) -> None:
    request = RequestFactory.create(office=office)
    accepted, offered = (ApplicationFactory.create(request=request, offered=True) for _ in range(2))
    answer(accepted, "accept", by=accepted.applicant)
    for words in ({}, {"reason": "end_absent"}, {"reason": "cancel_other"}):
        with pytest.raises(NotReadyError):
            change_request(request, "cancel", by=clerk, **words)
    said = {"reason": "cancel_other", "note": "The school closed."}
    assert change_request(request, "cancel", by=clerk, **said).status == RequestStatus.CANCELLED
    for row in (request, Placement.objects.get()):
        line = row.transitions.latest("pk")
        assert {"reason": line.reason, "note": line.note} == said
    offered.refresh_from_db()
    assert offered.status == ApplicationStatus.NOT_PLACED
    assert Placement.objects.get().status == PlacementStatus.ENDED_EARLY


def test_leaving_a_place_gives_it_to_somebody_else(clerk: User, office: Organisation) -> None:
    request = RequestFactory.create(office=office, seats=1)
    application = ApplicationFactory.create(request=request, offered=True)
    application = answer(application, "accept", by=application.applicant)
    end_placement(application.placement, by=application.applicant, reason="family")
    request.refresh_from_db()
    assert (request.status, request.seats_filled) == (RequestStatus.REVIEW, 0)


def test_an_outdated_page_changes_nothing(clerk: User, office: Organisation) -> None:
    application = ApplicationFactory.create(request__office=office)
    decide(application, "shortlist", by=clerk)
    with pytest.raises(WrongStateError):
        decide(application, "shortlist", by=clerk)
    assert Transition.objects.filter(application=application).count() == 1


def test_a_live_application_is_unique_in_the_database(learner: User) -> None:
    request = RequestFactory.create()
    ApplicationFactory.create(request=request, applicant=learner, status=ApplicationStatus.WITHDRAWN)
    ApplicationFactory.create(request=request, applicant=learner)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApplicationFactory.create(request=request, applicant=learner)


def test_the_clock_program_looks_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory.create(overdue=True)
    slept: list[int] = []

    def sleep(seconds: int) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", sleep)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        call_command("keep_clocks", every=300)
    request.refresh_from_db()
    assert (request.status, slept) == (RequestStatus.EXPIRED, [300, 300])
