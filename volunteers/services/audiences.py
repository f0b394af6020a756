"""Who hears of a change, and where the news leads each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.enums import MembershipRole
from accounts.models import Membership, User
from accounts.rules import CLERK_ROLES, MODERATORS, STAFF
from volunteers.models import Application, Partnership, VolunteerRequest
from volunteers.rules import Row, find_application, find_placement, find_request, is_third_party, moderates


@dataclass(frozen=True)
class Hearer:
    user: User
    url: str


Audience = Callable[[Any], list[Hearer]]


def to_applicant(row: Row) -> list[Hearer]:
    application = find_application(row)
    assert application is not None  # noqa: S101 the machines of requests never name this audience
    placement = find_placement(row)
    url = placement.get_absolute_url() if placement else application.get_absolute_url()
    return [Hearer(application.applicant, url)]


def to_waiting(request: VolunteerRequest) -> list[Hearer]:
    """Everybody whose application lies on the desk."""
    rows = request.applications.on_the_desk().select_related("applicant")
    return [hearer for row in rows for hearer in to_applicant(row)]


def to_placed(request: VolunteerRequest) -> list[Hearer]:
    """Everybody who holds a place; to the place."""
    rows = request.applications.concerned().exclude(pk__in=request.applications.on_the_desk().values("pk"))
    return [hearer for row in rows.select_related("applicant") for hearer in to_applicant(row)]


def to_concerned(request: VolunteerRequest) -> list[Hearer]:
    """Everybody whose application lies on the desk, and everybody who holds a place."""
    rows = request.applications.concerned().select_related("applicant")
    return [hearer for row in rows for hearer in to_applicant(row)]


def to_office(row: Row) -> list[Hearer]:
    """Whoever acts for the office now; to the page of the place, and before there is one to the shortlist."""
    request, placement = find_request(row), find_placement(row)
    if placement is not None:
        return list_office(request, reverse("desk-placement", args=[placement.public_id]))
    return list_office(request, reverse("request-shortlist", args=[request.public_id]))


def to_writers(request: VolunteerRequest) -> list[Hearer]:
    """The same people; to the request itself."""
    return list_office(request, request.get_absolute_url())


def to_staff(row: Row) -> list[Hearer]:
    """The programme's staff; to the request."""
    return _list_staff(find_request(row).get_absolute_url())


def to_concern_desk(row: Row) -> list[Hearer]:
    """All who may read a concern, superusers too, and are no party to the place; to the concerns that are open."""
    people = User.objects.filter(Q(groups__name=STAFF) | Q(is_superuser=True), is_active=True).distinct()
    return [Hearer(user, reverse("concerns")) for user in people if is_third_party(user, row)]


def list_third_parties(row: Row, url: str) -> list[Hearer]:
    """Staff who belong to neither side, each led to this page."""
    return [hearer for hearer in _list_staff(url) if is_third_party(hearer.user, row)]


def _list_staff(url: str) -> list[Hearer]:
    return [Hearer(user, url) for user in User.objects.filter(groups__name=STAFF, is_active=True)]


def to_partners(row: Partnership) -> list[Hearer]:
    """Whoever acts for the office, and the NGO's managers; to the partnership."""
    url = row.get_absolute_url()
    sides = Q(organisation=row.office_id, role__in=CLERK_ROLES) | Q(
        organisation=row.ngo_id, role=MembershipRole.MANAGER
    )
    members = Membership.objects.active().filter(sides, user__is_active=True).select_related("user")
    return [Hearer(membership.user, url) for membership in members]


def list_office(request: VolunteerRequest, url: str) -> list[Hearer]:
    """Whoever acts for the office now, each led to this page."""
    members = Membership.objects.active().filter(
        organisation=request.office_id, role__in=CLERK_ROLES, user__is_active=True
    )
    return [Hearer(membership.user, url) for membership in members.select_related("user")]


def to_reviewer(request: VolunteerRequest, reviewer: User) -> list[Hearer]:
    """Whom the programme appointed; to the shortlist."""
    return [Hearer(reviewer, reverse("request-shortlist", args=[request.public_id]))]


def to_thread_of_applicant(application: Application) -> list[Hearer]:
    """The applicant; to the messages."""
    return [Hearer(application.applicant, reverse("application-messages", args=[application.public_id]))]


def to_thread_of_office(application: Application) -> list[Hearer]:
    """Whoever chooses now; to the messages."""
    url = reverse("application-messages", args=[application.public_id])
    rows = application.request.appointments.active().select_related("reviewer")
    return [*list_office(application.request, url), *(Hearer(row.reviewer, url) for row in rows)]


def to_moderators(application: Application) -> list[Hearer]:
    """The programme's staff and moderators who are of neither side; to what waits for them."""
    people = User.objects.filter(groups__name__in=(STAFF, MODERATORS), is_active=True).distinct()
    return [Hearer(user, reverse("messages-waiting")) for user in people if moderates(user, application)]
