"""Serving again: a wish, an invitation, and then the usual way."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.services.leaving import delete_account
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.serving import PlacementFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Placement, RequestInvitation, ReturnWish, VolunteerRequest
from volunteers.services.after.returning import invite, take_back, wish_again
from volunteers.services.machine import NotReadyError
from volunteers.services.shortlist import list_applicants

pytestmark = pytest.mark.django_db


@pytest.fixture
def next_request(office: Organisation) -> VolunteerRequest:
    return RequestFactory.create(office=office)


def test_one_tap_tells_the_office_once(
    ended: Placement,
    learner: User,
    clerk: User,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client.force_login(learner)
    with django_capture_on_commit_callbacks(execute=True):
        for _tap in range(2):
            assert client.post(reverse("serve-again", args=[ended.public_id])).status_code == 302
    assert ReturnWish.objects.get().is_live
    assert Notification.objects.filter(recipient=clerk, kind="volunteers.wish_made").count() == 1
    client.post(reverse("serve-again", args=[ended.public_id]), {"take_back": "1"})
    assert not ReturnWish.objects.get().is_live


def test_only_who_served_and_only_afterwards(placement: Placement, learner: User, clerk: User) -> None:
    with pytest.raises(PermissionDenied):
        wish_again(placement, by=clerk)
    with pytest.raises(NotReadyError):
        wish_again(placement, by=learner)


def test_the_office_invites_from_its_desk(
    ended: Placement,
    learner: User,
    clerk: User,
    next_request: VolunteerRequest,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    wish = wish_again(ended, by=learner)
    client.force_login(clerk)
    page = client.get("/en/requests/desk/returning/").content.decode()
    assert "6 h confirmed" in page
    assert str(next_request.public_id) in page
    address = reverse("returning-invite", args=[wish.public_id])
    with django_capture_on_commit_callbacks(execute=True):
        for _tap in range(2):
            client.post(address, {"request": str(next_request.public_id)})
    assert RequestInvitation.objects.filter(request=next_request, by=clerk).count() == 1
    news = Notification.objects.get(recipient=learner, kind="volunteers.invited")
    assert next_request.get_absolute_url().endswith(news.url)
    client.force_login(learner)
    assert next_request.title_en in client.get(f"/en/requests/placements/{ended.public_id}/after/").content.decode()


def test_nobody_is_invited_who_cannot_apply(
    ended: Placement, learner: User, clerk: User, office: Organisation, next_request: VolunteerRequest
) -> None:
    wish = wish_again(ended, by=learner)
    closed = RequestFactory.create(office=office, status="closed")
    old = RequestFactory.create(office=office, minimum_age=35)
    ApplicationFactory.create(request=next_request, applicant=learner)
    for request in (closed, old, next_request):
        with pytest.raises(NotReadyError):
            invite(wish, request, by=clerk)
    take_back(ended, by=learner)
    with pytest.raises(NotReadyError):
        invite(ReturnWish.objects.get(), RequestFactory.create(office=office), by=clerk)
    assert not RequestInvitation.objects.exists()


def test_an_office_invites_to_its_own_requests_alone(
    ended: Placement, learner: User, clerk: User, client: Client
) -> None:
    wish = wish_again(ended, by=learner)
    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    foreign = RequestFactory.create(office=rival.memberships.get().organisation)
    with pytest.raises(PermissionDenied):
        invite(wish, foreign, by=clerk)
    with pytest.raises(PermissionDenied):
        invite(wish, foreign, by=rival)
    client.force_login(rival)
    address = reverse("returning-invite", args=[wish.public_id])
    assert client.post(address, {"request": str(foreign.public_id)}).status_code == 404
    assert not RequestInvitation.objects.exists()


def test_a_request_invites_only_so_many(
    ended: Placement, learner: User, clerk: User, next_request: VolunteerRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("volunteers.services.after.returning.MOST_INVITATIONS", 0)
    with pytest.raises(NotReadyError, match=r"."):
        invite(wish_again(ended, by=learner), next_request, by=clerk)


def test_the_name_fades_with_the_contact(ended: Placement, learner: User, clerk: User, client: Client) -> None:
    wish_again(ended, by=learner)
    client.force_login(clerk)
    name = learner.get_full_name()
    assert name in client.get(reverse("returning")).content.decode()
    Placement.objects.filter(pk=ended.pk).update(updated_at=timezone.now() - timedelta(days=31))
    page = client.get(reverse("returning")).content.decode()
    assert name not in page
    assert "ក-០៧" in page


def test_the_blind_shortlist_counts_the_hours_and_tells_no_name(
    ended: Placement, learner: User, clerk: User, next_request: VolunteerRequest, client: Client
) -> None:
    ApplicationFactory.create(request=next_request, applicant=learner, code_number=3)
    ApplicationFactory.create(request=next_request, code_number=4)
    rows = list_applicants(next_request, by=clerk)
    assert {row.code_name: row.served_minutes for row in rows} == {"ក-03": 360, "ក-04": 0}
    client.force_login(clerk)
    page = client.get(f"/en/requests/desk/{next_request.public_id}/").content.decode()
    assert "Served here before: 6 h confirmed" in page
    assert learner.get_full_name() not in page


def test_hours_at_another_office_are_not_told(ended: Placement, learner: User) -> None:
    other = RequestFactory.create()
    ApplicationFactory.create(request=other, applicant=learner)
    assert [row.served_minutes for row in list_applicants(other, by=UserFactory.create())] == [0]


def test_who_left_is_not_on_the_list(ended: Placement, learner: User, clerk: User, client: Client) -> None:
    wish_again(ended, by=learner)
    delete_account(learner)
    client.force_login(clerk)
    assert "Nobody yet" in client.get("/en/requests/desk/returning/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    client: Client, office: Organisation, clerk: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = RequestFactory.create(office=office)
    for number in range(count):
        application = ApplicationFactory.create(request=request, status="accepted", code_number=50 + number)
        wish = wish_again(PlacementFactory.create(application=application, completed=True), by=application.applicant)
        invite(wish, RequestFactory.create(office=office), by=clerk)
    client.force_login(clerk)
    with django_assert_num_queries(8):
        assert client.get(reverse("returning")).status_code == 200
