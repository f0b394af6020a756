"""What an NGO reads of the commune it works with: sums of volunteering, never an application or a person.

Whole groups of five only: "at least 10" says neither who is the eleventh nor, read again tomorrow, that one came. What
two numbers leave between them is never known to less than five people.
"""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from accounts.models import Organisation
from ui.small_groups import STAFF_LEAST
from volunteers.enums import ApplicationStatus, HoursStatus, PlacementStatus, RequestStatus
from volunteers.models import Application, HoursEntry, VolunteerRequest

HOURS_STEP = 50  # more than one person confirms in a week or two


@dataclass(frozen=True)
class PartnerFigures:
    """Each number about people is the least that is certain, or None where fewer than five stand behind it."""

    open_requests: int
    seats: int
    seats_filled: int | None
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
    served = (hours["minutes"] or 0) // 60 if hours["people"] >= STAFF_LEAST else 0
    return PartnerFigures(
        open_requests=sums["open"],
        seats=sums["seats"] or 0,
        seats_filled=_round_down(sums["filled"] or 0),
        hours=_round_down(served, HOURS_STEP),
        **{name: _round_down(number) for name, number in people.items()},
    )


def _count(condition: Q) -> Count:
    return Count("applicant", filter=condition, distinct=True)


def _round_down(number: int, step: int = STAFF_LEAST) -> int | None:
    return number // step * step or None
