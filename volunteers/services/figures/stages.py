"""How far applications came, as conditions that the database counts."""

from typing import Any

from django.db.models import Count, Q

from volunteers.enums import ApplicationStatus as A
from volunteers.enums import PlacementStatus as P
from volunteers.models import Transition

UNCHOSEN = (A.DRAFT, A.SUBMITTED)
SENT = Q(sent_at__isnull=False) & ~Q(status=A.DRAFT)
APPLIED, ELIGIBLE, SHORTLISTED, OFFERED, ACCEPTED, SERVED = (
    "applied", "eligible", "shortlisted", "offered", "accepted", "served",
)  # fmt: skip
CHOOSING = (APPLIED, ELIGIBLE, SHORTLISTED, OFFERED, ACCEPTED)
SERVING = (ACCEPTED, SERVED)
# An offer that was taken back at once leaves its clock; the state tells that it was never made.
WAS_OFFERED = Q(offer_expires_at__isnull=False) & ~Q(status__in=(*UNCHOSEN, A.SHORTLISTED))
# From the log, read once for all rows: asked row by row it takes seconds of 50,000.
ONCE_SHORTLISTED = Q(
    pk__in=Transition.objects.filter(application__isnull=False, target=A.SHORTLISTED).order_by().values("application")
)
WAS_SHORTLISTED = Q(status=A.SHORTLISTED) | WAS_OFFERED | ONCE_SHORTLISTED & ~Q(status__in=UNCHOSEN)
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
