"""What an NGO reads of the commune it works with: sums of volunteering, never an application or a person."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from accounts.models import Organisation
from ui.small_groups import STAFF_LEAST
from volunteers.enums import ApplicationStatus, HoursStatus, PlacementStatus, RequestStatus
from volunteers.models import Application, HoursEntry, VolunteerRequest

PARTS = ("placed", "serving", "completed")  # each a part of who applied; the latter two of who was placed


@dataclass(frozen=True)
class PartnerFigures:
    """None where so few people stand behind a number that it would tell on them."""

    open_requests: int
    seats: int
    seats_filled: int
    applied: int | None
    placed: int | None
    serving: int | None
    completed: int | None
    hours: int | None


def read_partner_figures(office: Organisation) -> PartnerFigures:
    """Of all the office's requests, in three queries."""
    posted = VolunteerRequest.objects.filter(office=office, opened_at__isnull=False)
    sums = posted.aggregate(
        open=Count("pk", filter=Q(status=RequestStatus.OPEN)), seats=Sum("seats"), filled=Sum("seats_filled")
    )
    sent = Application.objects.filter(request__office=office).exclude(status=ApplicationStatus.DRAFT)
    people = sent.aggregate(
        applied=Count("applicant", distinct=True),
        placed=_count(Q(placement__isnull=False)),
        serving=_count(Q(placement__status__in=(PlacementStatus.ACTIVE, PlacementStatus.PAUSED))),
        completed=_count(Q(placement__status=PlacementStatus.COMPLETED)),
    )
    hours = HoursEntry.objects.filter(
        placement__application__request__office=office, status__in=(HoursStatus.CONFIRMED, HoursStatus.SETTLED)
    ).aggregate(minutes=Sum("settled_minutes"), people=Count("placement__application__applicant", distinct=True))
    shown = {name: number if number == 0 or number >= STAFF_LEAST else None for name, number in people.items()}
    return PartnerFigures(
        open_requests=sums["open"],
        seats=sums["seats"] or 0,
        seats_filled=sums["filled"] or 0,
        hours=(hours["minutes"] or 0) // 60 if hours["people"] == 0 or hours["people"] >= STAFF_LEAST else None,
        **_hide_differences(shown),
    )


def _count(condition: Q) -> Count:
    return Count("applicant", filter=condition, distinct=True)


def _hide_differences(shown: dict[str, int | None]) -> dict[str, int | None]:
    """Who applied and got no place, or was placed and does not serve, must not be found by subtraction either."""
    for larger, smaller in (*(("applied", part) for part in PARTS), *(("placed", part) for part in PARTS[1:])):
        whole, part = shown[larger], shown[smaller]
        if whole is not None and part is not None and 0 < whole - part < STAFF_LEAST:
            shown[smaller] = None
    return shown
