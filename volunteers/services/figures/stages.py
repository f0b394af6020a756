"""How far applications came, as conditions that the database counts."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from volunteers.enums import ApplicationStatus as A
from volunteers.enums import PlacementStatus as P
from volunteers.models import Transition
from volunteers.querysets import ApplicationQuerySet

UNCHOSEN = (A.DRAFT, A.SUBMITTED)
APPLIED, ELIGIBLE, SHORTLISTED, OFFERED, ACCEPTED, SERVED = (
    "applied", "eligible", "shortlisted", "offered", "accepted", "served",
)  # fmt: skip
CHOOSING = (APPLIED, ELIGIBLE, SHORTLISTED, OFFERED, ACCEPTED)
SERVING = (ACCEPTED, SERVED)
# An offer that was taken back at once leaves its clock; the state tells that it was never made.
WAS_OFFERED = Q(offer_expires_at__isnull=False) & ~Q(status__in=(*UNCHOSEN, A.SHORTLISTED))
WAS_SHORTLISTED = Q(status=A.SHORTLISTED) | WAS_OFFERED | Q(shortlisted_before=True) & ~Q(status__in=UNCHOSEN)
# Whoever withdrew before the office looked was never among those it chose from.
WAS_ELIGIBLE = ~Q(status=A.WITHDRAWN) | WAS_SHORTLISTED
STAGES: dict[str, Any] = {
    APPLIED: Count("pk"),
    ELIGIBLE: Count("pk", filter=WAS_ELIGIBLE),
    SHORTLISTED: Count("pk", filter=WAS_SHORTLISTED),
    OFFERED: Count("pk", filter=WAS_OFFERED),
    ACCEPTED: Count("pk", filter=Q(status=A.ACCEPTED)),
    SERVED: Count("pk", filter=Q(placement__status=P.COMPLETED)),
}


def with_stages(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    """Sent ones, ready for the counts of `STAGES`."""
    log = Transition.objects.filter(application=OuterRef("pk"), target=A.SHORTLISTED)
    return applications.filter(sent_at__isnull=False).exclude(status=A.DRAFT).annotate(shortlisted_before=Exists(log))
