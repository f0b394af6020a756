"""How far applications came, as conditions that the database counts."""

from collections.abc import Sequence
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
CONDITIONS: dict[str, Q | None] = {
    APPLIED: None,
    ELIGIBLE: WAS_ELIGIBLE,
    SHORTLISTED: WAS_SHORTLISTED,
    OFFERED: WAS_OFFERED,
    ACCEPTED: Q(status=A.ACCEPTED),
    SERVED: Q(placement__status=P.COMPLETED),
}
STAGES: dict[str, Any] = {name: Count("pk", filter=condition) for name, condition in CONDITIONS.items()}


def name_people(stage: str) -> str:
    """The measure of how many people stand behind the applications of a stage."""
    return f"{stage}_people"


def measure_stages(stages: Sequence[str]) -> dict[str, Any]:
    """Applications at each stage, and people."""
    people = {name_people(name): Count("applicant", distinct=True, filter=CONDITIONS[name]) for name in stages}
    return {name: STAGES[name] for name in stages} | people
