"""Who hears of attendance and hours, and where the news leads each of them."""

from django.urls import reverse

from volunteers.rules import Row, find_application, find_request
from volunteers.services.audiences import Hearer, list_office, list_third_parties


def to_volunteer(row: Row) -> list[Hearer]:
    """To the page of their own service."""
    application = find_application(row)
    assert application is not None  # noqa: S101 hours and sign-ups always have one
    return [Hearer(application.applicant, reverse("my-service"))]


def to_confirmers(row: Row) -> list[Hearer]:
    """The office; to the list of hours."""
    return list_office(find_request(row), reverse("desk-hours"))


def to_roll_keepers(row: Row) -> list[Hearer]:
    """The office; to its shifts and appeals."""
    return list_office(find_request(row), reverse("desk-attendance"))


def to_settlers(row: Row) -> list[Hearer]:
    """The programme's staff who belong to neither side; to what they are asked to settle."""
    return list_third_parties(row, reverse("disputes"))
