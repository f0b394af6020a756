"""What stops when staff refuse an office, and when a guardian takes the consent back."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import ConsentChannel, Verification
from accounts.models import Organisation, User
from accounts.services import record_consent, refuse_organisation, withdraw_consent
from tests.factories.accounts import UserFactory
from tests.factories.serving import PlacementFactory
from tests.factories.volunteers import ApplicationFactory
from volunteers.enums import ApplicationStatus, PlacementStatus, RequestStatus
from volunteers.models import Placement, VolunteerRequest
from volunteers.services.applications import decide
from volunteers.services.machine import NotReadyError
from volunteers.services.requests import change_request
from volunteers.services.states import PLACEMENT

pytestmark = pytest.mark.django_db


def place(office: Organisation, applicant: User) -> Placement:
    application = ApplicationFactory.create(request__office=office, applicant=applicant, status="accepted")
    VolunteerRequest.objects.filter(pk=application.request_id).update(seats_filled=1)
    return PlacementFactory.create(application=application)


def test_a_refused_office_has_no_desk(client: Client, clerk: User, office: Organisation, learner: User) -> None:
    taken = place(office, learner)
    request = taken.application.request
    client.force_login(clerk)
    addresses = [reverse("desk"), reverse("request-shortlist", args=[request.public_id]), reverse("request-new")]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    assert taken.application.applicant.phone in client.get(addresses[1]).text
    refuse_organisation(office, by=UserFactory.create(is_superuser=True))
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    request.refresh_from_db()
    assert (request.status, request.is_open) == (RequestStatus.REVIEW, False)
    assert request.transitions.get().reason == "office_refused"
    assert User.objects.get(pk=clerk.pk).has_desk is False


def test_an_office_that_comes_back_must_be_verified_first(clerk: User, office: Organisation) -> None:
    staff = UserFactory.create(is_superuser=True)
    application = ApplicationFactory.create(request__office=office, status=ApplicationStatus.SHORTLISTED)
    request = application.request
    request.transitions.create(verb="approve", source="submitted", target="open", by=staff)
    office.verification = Verification.WAITING
    office.save()
    clerk.forget_memberships()
    request = change_request(change_request(request, "stop", by=clerk), "resume", by=clerk)
    assert request.status == RequestStatus.OPEN
    refuse_organisation(office, by=staff)
    office.verification = Verification.WAITING
    office.save()
    clerk.forget_memberships()
    for verb in ("resume", "renew"):
        with pytest.raises(NotReadyError):
            change_request(request, verb, by=clerk)
    with pytest.raises(NotReadyError):
        decide(application, "offer", by=clerk)
    office.verification, office.verified_at = Verification.VERIFIED, timezone.now()
    office.save()
    assert change_request(request, "resume", by=clerk).status == RequestStatus.OPEN
    assert decide(application, "offer", by=clerk).status == ApplicationStatus.OFFERED


def test_a_withdrawn_consent_pauses_the_service(client: Client, clerk: User, office: Organisation) -> None:
    minor = UserFactory.create(minor=True)
    given = {"by": clerk, "guardian_name": "សុខ ម៉ាលី", "channel": ConsentChannel.IN_PERSON}
    record_consent(minor, **given)
    taken = place(office, minor)
    record_consent(minor, **given)
    taken.refresh_from_db()
    assert taken.status == PlacementStatus.AGREED
    withdraw_consent(minor, by=clerk)
    taken.refresh_from_db()
    assert taken.status == PlacementStatus.PAUSED
    assert taken.transitions.get().reason == "consent_withdrawn"
    with pytest.raises(NotReadyError):
        PLACEMENT.move("resume", taken, by=clerk)
    client.force_login(clerk)
    address = f"/en/requests/desk/{taken.application.request.public_id}/"
    waits = "The guardian took the consent back. The service waits for a new consent."
    assert waits in client.get(address).text
    record_consent(minor, **given)
    assert waits not in client.get(address).text
    with pytest.raises(NotReadyError):
        PLACEMENT.move("resume", Placement.objects.get(), by=clerk)  # its first day is still to be begun
    PLACEMENT.move("take_up", Placement.objects.get(), by=clerk)
    assert Placement.objects.get().status == PlacementStatus.AGREED
