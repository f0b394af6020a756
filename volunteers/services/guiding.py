"""What the guide from a partner NGO reads: who has a place in the request, its shifts, the rolls. No application."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from volunteers.models import Placement, Shift, VolunteerRequest
from volunteers.services.serving.clocks import ROLL_DAYS
from volunteers.services.serving.desk import name_of

SHOWN_SHIFTS = 20


@dataclass(frozen=True)
class Guided:
    """Names beside their places; `coming` are shifts, `rolls` those that began lately, the latest first."""

    people: list[tuple[str, Placement]]
    coming: list[Shift]
    rolls: list[Shift]


def read_guided(request: VolunteerRequest, *, by: User) -> Guided:
    """Of a request in which this person guides; nothing where they do not. Three queries."""
    places = Placement.objects.guided_by(by).live().filter(application__request=request).for_change()
    people = sorted(((name_of(row.application), row) for row in places), key=lambda each: (each[0], each[1].pk))
    now = timezone.now()
    shifts = Shift.objects.guided_by(by).filter(request=request, cancelled_at=None)
    begun = shifts.begun().filter(ends_at__gte=now - timedelta(days=ROLL_DAYS), seats_filled__gt=0)
    return Guided(
        people=people,
        coming=list(shifts.ahead().order_by("starts_at", "pk")[:SHOWN_SHIFTS]),
        rolls=list(begun.order_by("-starts_at", "-pk")[:SHOWN_SHIFTS]),
    )
