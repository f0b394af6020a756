"""Where an office is silent, the programme appoints somebody who decides in its place, for a time."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.rules import STAFF
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.places import CommuneFactory, DistrictFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import ReviewerAppointment, Transition, VolunteerRequest
from volunteers.services.applications import decide
from volunteers.services.choosing.reviewers import appoint, end_overdue, list_candidates, stop
from volunteers.services.machine import NotReadyError

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> User:
    officer = UserFactory.create(username="officer")
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return officer


@pytest.fixture
def item(office: Organisation) -> VolunteerRequest:
    return RequestFactory.create(office=office)


@pytest.fixture
def neighbour(office: Organisation) -> User:
    """A clerk of another office of the same district."""
    assert office.commune is not None
    near = CommuneFactory.create(district=office.commune.district)
    return MembershipFactory.create(user__username="neighbour", organisation=OfficeFactory.create(commune=near)).user


def test_whoever_may_be_appointed(item: VolunteerRequest, clerk: User, neighbour: User, officer: User) -> None:
    far = CommuneFactory.create(code="210301", district=DistrictFactory.create(code="2103"))
    MembershipFactory.create(organisation=OfficeFactory.create(commune=far))
    ApplicationFactory.create(request=item, applicant=officer)
    assert set(list_candidates(item)) == {clerk, neighbour}


def test_the_reviewer_sees_the_blind_list_and_decides(
    client: Client,
    item: VolunteerRequest,
    clerk: User,
    learner: User,
    neighbour: User,
    officer: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    row = ApplicationFactory.create(request=item, applicant=learner)
    shortlist = reverse("request-shortlist", args=[item.public_id])
    client.force_login(neighbour)
    assert client.get(shortlist).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        appoint(item, neighbour, days=7, note="No answer for 10 days.", by=officer)
    assert neighbour.notifications.get().kind == "volunteers.appointed"
    assert clerk.notifications.get().kind == "volunteers.reviewer_named"
    page = client.get(shortlist)
    assert page.status_code == 200
    assert page.context["verbs"] == []
    assert client.post(reverse("application-decide", args=[row.public_id]), {"verb": "shortlist"}).status_code == 302
    row.refresh_from_db()
    assert row.status == "shortlisted"
    Transition.objects.update(held_until=timezone.now())
    client.force_login(learner)
    (line,) = client.get(reverse("application", args=[row.public_id])).context["history"]
    assert line.is_reviewers
    decide(row, "offer", by=clerk)
    appointment = ReviewerAppointment.objects.get()
    assert (appointment.is_active, appointment.end_reason) == (False, "answered")
    client.force_login(neighbour)
    assert client.get(shortlist).status_code == 404


def test_the_right_ends_at_its_time_and_when_staff_end_it(
    item: VolunteerRequest, neighbour: User, officer: User
) -> None:
    row = ApplicationFactory.create(request=item)
    appoint(item, neighbour, days=3, note="Silent.", by=officer)
    ReviewerAppointment.objects.update(
        appointed_at=timezone.now() - timedelta(days=4), until_at=timezone.now() - timedelta(days=1)
    )
    with pytest.raises(PermissionDenied):
        decide(row, "shortlist", by=neighbour)
    assert [end_overdue(), end_overdue()] == [1, 0]
    appoint(item, neighbour, days=3, note="Silent.", by=officer)
    assert stop(item, by=officer) == 1
    with pytest.raises(PermissionDenied):
        decide(row, "shortlist", by=neighbour)


def test_one_reviewer_at_a_time_and_only_by_staff(
    item: VolunteerRequest, clerk: User, neighbour: User, officer: User, stranger: User
) -> None:
    appoint(item, neighbour, days=3, note="Silent.", by=officer)
    appoint(item, clerk, days=3, note="Found a colleague.", by=officer)
    assert list(ReviewerAppointment.objects.active().values_list("reviewer", flat=True)) == [clerk.pk]
    with pytest.raises(PermissionDenied):
        appoint(item, clerk, days=3, note="Me.", by=clerk)
    for wrong in ({"days": 90}, {"note": " "}, {"reviewer": stranger}):
        with pytest.raises(NotReadyError):
            appoint(item, **{"reviewer": neighbour, "days": 3, "note": "Silent.", "by": officer, **wrong})  # type: ignore[arg-type]


def test_the_staff_page(client: Client, item: VolunteerRequest, neighbour: User, officer: User, clerk: User) -> None:
    address = reverse("request-reviewer", args=[item.public_id])
    client.force_login(clerk)
    assert client.get(address).status_code == 403
    client.force_login(officer)
    assert address in client.get(item.get_absolute_url()).content.decode()
    page = client.post(address, {"reviewer": neighbour.pk, "days": "7", "note": ""})
    assert list(page.context["form"].errors) == ["note"]
    client.post(address, {"reviewer": neighbour.pk, "days": "7", "note": "Silent."})
    assert ReviewerAppointment.objects.active().get().reviewer == neighbour
    client.post(address, {"stop": "1"})
    assert not ReviewerAppointment.objects.active().exists()
