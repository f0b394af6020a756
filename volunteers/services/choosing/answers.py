"""Why people said no, on both sides: counted, never by person."""

from dataclasses import dataclass

from django.db.models import Count

from volunteers.enums import LeaveReason, NoPlaceReason
from volunteers.models import Transition, VolunteerRequest

OF_APPLICANTS = ("decline", "withdraw")
OF_OFFICE = ("refuse",)


@dataclass(frozen=True)
class Answers:
    """Reason in words and how often it was given, the most frequent first."""

    applicants: list[tuple[str, int]]
    office: list[tuple[str, int]]


def count_answers(request: VolunteerRequest) -> Answers:
    """Over all applications of the request; what was taken back is not counted. One query."""
    rows = (
        Transition.objects.heard()
        .filter(application__request=request, verb__in=(*OF_APPLICANTS, *OF_OFFICE))
        .values("verb", "reason")
        .annotate(count=Count("application", distinct=True))
        .order_by("-count", "reason")
    )
    applicants: dict[str, int] = {}
    office: dict[str, int] = {}
    for row in rows:
        of_office = row["verb"] in OF_OFFICE
        side, reasons = (office, NoPlaceReason) if of_office else (applicants, LeaveReason)
        label = str(dict(reasons.choices).get(row["reason"], ""))
        side[label] = side.get(label, 0) + row["count"]
    return Answers(*(sorted(side.items(), key=lambda pair: (-pair[1], pair[0])) for side in (applicants, office)))
