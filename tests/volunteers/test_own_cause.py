"""Nobody judges about themselves or for their own office; and whoever may not do a thing may not do it by any door."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from accounts.rules import MODERATORS, STAFF
from accounts.services import verify_organisation
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.rounds import RoundFactory, choose, make_places
from tests.factories.serving import HoursFactory, PlacementFactory, SignupFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.enums import HoursStatus, PlacementStatus
from volunteers.models import Alert, Application, HoursEntry, Placement, VolunteerRequest
from volunteers.services.amending import amend_request
from volunteers.services.applications import decide, send_application
from volunteers.services.choosing.messages import decide_message, send_message
from volunteers.services.choosing.reviewers import appoint
from volunteers.services.choosing.thread import read_thread
from volunteers.services.concerns import raise_concern
from volunteers.services.figures.alerts import acknowledge
from volunteers.services.induction import save_induction
from volunteers.services.machine import NotReadyError
from volunteers.services.placements import change_placement
from volunteers.services.programme_desk import count_for_staff
from volunteers.services.requests import change_request, save_request
from volunteers.services.rounds.planning import change_round
from volunteers.services.scoring import ensure_criteria, save_scores
from volunteers.services.serving.attendance import set_mark
from volunteers.services.serving.desk import list_to_confirm
from volunteers.services.serving.hours import confirm_hours

pytestmark = pytest.mark.django_db


def join(person: User, office: Organisation) -> User:
    """The person acts for the office from now on."""
    MembershipFactory.create(user=person, organisation=office)
    return User.objects.get(pk=person.pk)


def promote(person: User, group: str) -> User:
    person.groups.add(Group.objects.get_or_create(name=group)[0])
    return User.objects.get(pk=person.pk)


@pytest.fixture
def item(office: Organisation) -> VolunteerRequest:
    return RequestFactory.create(office=office)


def test_an_applicant_who_becomes_a_clerk_chooses_neither_themself_nor_their_rivals(
    client: Client, office: Organisation, item: VolunteerRequest, clerk: User, learner: User
) -> None:
    own = ApplicationFactory.create(request=item, applicant=learner)
    rival = ApplicationFactory.create(request=item)
    judge = join(learner, office)
    for row in (own, rival):
        for verb, reason in (("shortlist", ""), ("refuse", "skills")):
            with pytest.raises(PermissionDenied):
                decide(row, verb, by=judge, reason=reason)
        with pytest.raises(PermissionDenied):
            save_scores(row, {each.pk: 5 for each in ensure_criteria(item)}, by=judge)
    for verb in ("close", "cancel"):
        with pytest.raises(PermissionDenied):
            change_request(item, verb, by=judge)
    client.force_login(judge)
    assert client.get(reverse("request-shortlist", args=[item.public_id])).status_code == 404
    assert client.get(reverse("desk")).context["pressing"] is None
    decide(own, "refuse", by=clerk, reason="skills")
    decide(rival, "shortlist", by=User.objects.get(pk=judge.pk))


def test_nobody_runs_their_own_place(office: Organisation, item: VolunteerRequest, learner: User, clerk: User) -> None:
    place = PlacementFactory.create(application__request=item, application__applicant=learner)
    signup = SignupFactory.create(shift__request=item, placement=place)
    entry = HoursFactory.create(placement=place, status=HoursStatus.CLAIMED, settled_minutes=None)
    judge = join(learner, office)
    with pytest.raises(PermissionDenied):
        change_placement(place, "begin", by=judge)
    with pytest.raises(PermissionDenied):
        confirm_hours([HoursEntry.objects.with_work().get(pk=entry.pk)], by=judge)
    with pytest.raises(PermissionDenied):
        set_mark(signup, "attended", by=judge)
    assert (list_to_confirm(judge).count(), list_to_confirm(clerk).count()) == (0, 1)
    assert list(Placement.objects.of_offices_of(judge)) == []
    assert change_placement(place, "end_early", by=judge, reason="family").status == PlacementStatus.ENDED_EARLY


def test_whoever_was_appointed_to_choose_does_not_apply(item: VolunteerRequest) -> None:
    officer = promote(UserFactory.create(), STAFF)
    appoint(item, officer, days=5, note="The office is silent.", by=officer)
    item.appointments.update(ended_at=item.opened_at, end_reason="time")
    with pytest.raises(NotReadyError, match="ត្រូវបានតែងតាំង"):
        send_application(item, by=officer, answers=["a", "b"], times=[])


def test_staff_of_the_office_or_among_the_applicants_appoint_nobody(
    office: Organisation, item: VolunteerRequest, learner: User
) -> None:
    officer = promote(UserFactory.create(), STAFF)
    ApplicationFactory.create(request=item, applicant=learner)
    for judge in (promote(learner, STAFF), join(promote(UserFactory.create(), STAFF), office)):
        with pytest.raises(PermissionDenied):
            appoint(item, officer, days=5, note="Silent.", by=judge)


def test_a_clerk_who_moderates_passes_no_message_of_the_own_office(
    office: Organisation, item: VolunteerRequest, clerk: User
) -> None:
    row = ApplicationFactory.create(request=item, applicant=UserFactory.create(minor=True))
    message = send_message(row, text="Come at nine.", client_id=uuid4(), by=clerk)
    send_message(row, text="Call 012 345 678.", client_id=uuid4(), by=row.applicant)
    judge = join(promote(UserFactory.create(), MODERATORS), office)
    outsider = promote(UserFactory.create(), MODERATORS)
    with pytest.raises(PermissionDenied):
        decide_message(message, passes=True, by=judge)
    assert (count_for_staff(judge).messages, count_for_staff(outsider).messages) == (0, 1)
    assert "Call 012 345 678." not in [line.text for line in read_thread(row, by=judge)]
    assert decide_message(message, passes=True, by=outsider).passed_at is not None


def test_staff_approve_neither_their_own_office_nor_its_requests() -> None:
    office = OfficeFactory.create(waiting=True)
    item = RequestFactory.create(office=office, submitted=True)
    judge = join(promote(UserFactory.create(), STAFF), office)
    for verb, reason in (("approve", ""), ("send_back", "fix_unclear")):
        with pytest.raises(PermissionDenied):
            change_request(item, verb, by=judge, reason=reason)
    with pytest.raises(PermissionDenied):
        verify_organisation(office, by=judge)
    assert count_for_staff(judge).requests == 0
    outsider = promote(UserFactory.create(), STAFF)
    assert count_for_staff(outsider).requests == 1
    assert change_request(item, "approve", by=outsider).status == "open"


def test_staff_who_take_part_in_a_round_do_not_lead_it(office: Organisation) -> None:
    row = RoundFactory.create()
    places = make_places(row, 1, request__office=office)
    of_office, applicant = (promote(UserFactory.create(), STAFF) for _ in range(2))
    choose(places, applicant)
    for judge in (join(of_office, office), applicant):
        with pytest.raises(PermissionDenied):
            change_round(row, "cancel", by=judge, note="Not for us.")
    assert change_round(row, "cancel", by=promote(UserFactory.create(), STAFF), note="Flood.").status == "cancelled"


def test_an_office_under_a_concern_ends_the_place_by_no_door(item: VolunteerRequest, clerk: User) -> None:
    place = PlacementFactory.create(application__request=item, active=True)
    volunteer = place.application.applicant
    raise_concern(place, by=volunteer, words="He locks the door.")
    for change in (
        lambda: change_request(item, "cancel", by=clerk, reason="cancel_danger"),
        lambda: change_placement(place, "end_early", by=clerk, reason="end_stopped"),
    ):
        with pytest.raises(NotReadyError):
            change()
    assert Placement.objects.get().status == PlacementStatus.PAUSED
    assert change_request(item, "close", by=clerk).status == "closed"
    assert change_placement(place, "end_early", by=volunteer, reason="family").status == PlacementStatus.ENDED_EARLY
    assert Application.objects.get().status == "accepted"


def test_strangers_write_nothing_through_a_service(item: VolunteerRequest, learner: User) -> None:
    clerk_elsewhere = join(learner, OfficeFactory.create())
    new = VolunteerRequest(office=item.office)
    for write in (
        lambda: amend_request(item, by=clerk_elsewhere, skills=[], course_keys=[]),
        lambda: save_request(item, by=clerk_elsewhere, skills=[], course_keys=[]),
        lambda: save_request(new, by=clerk_elsewhere, skills=[], course_keys=[]),
        lambda: save_induction(item, keys=[], weeks=4, by=clerk_elsewhere),
        lambda: acknowledge(Alert(), by=clerk_elsewhere, note="Seen."),
    ):
        with pytest.raises(PermissionDenied):
            write()
