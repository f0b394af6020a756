"""What waits on a commune's desk."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q

from accounts.models import User
from volunteers.enums import ApplicationStatus, PlacementStatus
from volunteers.models import Application, VolunteerRequest


@dataclass(frozen=True)
class DeskNumbers:
    """Counters; a page hides those that are zero."""

    new_applicants: int
    shortlisted: int
    offers: int
    agreed: int
    open_requests: int


def count_desk(user: User | AnonymousUser) -> DeskNumbers:
    """Over all offices the person acts for. Two queries."""
    counted = Application.objects.of_offices_of(user).aggregate(
        new=Count("pk", filter=Q(status=ApplicationStatus.SUBMITTED)),
        shortlisted=Count("pk", filter=Q(status=ApplicationStatus.SHORTLISTED)),
        offers=Count("pk", filter=Q(status=ApplicationStatus.OFFERED)),
        agreed=Count("pk", filter=Q(placement__status__in=(PlacementStatus.AGREED, PlacementStatus.ACTIVE))),
    )
    return DeskNumbers(
        new_applicants=counted["new"],
        shortlisted=counted["shortlisted"],
        offers=counted["offers"],
        agreed=counted["agreed"],
        open_requests=VolunteerRequest.objects.of_offices_of(user).open().count(),
    )
