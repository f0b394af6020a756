"""Where news of an ended place leads."""

from django.urls import reverse

from volunteers.models import Placement
from volunteers.services.audiences import Hearer, list_office


def to_volunteer(placement: Placement) -> list[Hearer]:
    """Whoever served and has not left; to the page of the ended place."""
    person = placement.application.applicant
    return [] if person.is_deleted else [Hearer(person, reverse("placement-after", args=[placement.public_id]))]


def to_desk(placement: Placement) -> list[Hearer]:
    """The office; to its form about this volunteer."""
    return list_office(placement.application.request, reverse("feedback-office", args=[placement.public_id]))
