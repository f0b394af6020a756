"""What is known of an ended placement: whether somebody served, when, and how long by confirmed hours."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from accounts.models import Organisation, User
from courses.enums import SkillLevel
from courses.services.certificates import describe_issuer, describe_skill, given_name_of, name_of, names_of
from courses.services.ratings import list_ratings
from ui.words import in_both
from volunteers.enums import HoursStatus, PlacementStatus
from volunteers.models import HoursEntry, Placement

HOLDS = (HoursStatus.CONFIRMED, HoursStatus.SETTLED)
ENDED = (PlacementStatus.COMPLETED, PlacementStatus.ENDED_EARLY)


def has_ended(placement: Placement) -> bool:
    return placement.status in ENDED


def has_served(placement: Placement) -> bool:
    """Whether there was any service at all: a place that was given back before the first day had none."""
    return placement.transitions.filter(target=PlacementStatus.ACTIVE).exists() or bool(count_time(placement)[0])


def earns_record(placement: Placement) -> bool:
    """It is over, and the office confirmed hours: a record of no time proves nothing."""
    return has_ended(placement) and bool(count_time(placement)[0])


def count_time(placement: Placement) -> tuple[int, int]:
    """Minutes that hold, and the days on which they were worked."""
    rows = HoursEntry.objects.filter(placement=placement, status__in=HOLDS, settled_minutes__gt=0)
    found = rows.aggregate(minutes=Sum("settled_minutes"), days=Count("day_date", distinct=True))
    return found["minutes"] or 0, found["days"]


def sum_minutes_at(office: Organisation, people: Collection[User]) -> dict[int, int]:
    """By person, the confirmed minutes of places at this office that are over. One query, none for nobody."""
    if not people:
        return {}
    rows = HoursEntry.objects.filter(
        placement__application__applicant__in=people,
        placement__application__request__office=office,
        placement__status__in=ENDED,
        status__in=HOLDS,
    )
    totals = rows.values_list("placement__application__applicant").annotate(n=Sum("settled_minutes")).order_by()
    return {person: minutes for person, minutes in totals if minutes}


def gather_facts(placement: Placement, minutes: int, days: int) -> dict[str, Any]:
    """What is frozen, in the shape of `ServiceRecord.facts`."""
    application = placement.application
    request, person, office = application.request, application.applicant, application.request.office
    first, last = find_span(placement)
    return {
        "name": name_of(person),
        "given_name": given_name_of(person),
        "issuer": names_of(office),
        "commune": name_place(office),
        "work": {"km": request.title_km, "en": request.title_en},
        "start_date": first.isoformat(),
        "end_date": last.isoformat(),
        "minutes": minutes,
        "days": days,
        "skills": [
            {**describe_skill(rating.skill), "level": rating.level}
            for rating in list_ratings([placement.public_id])[placement.public_id]
            if rating.level != SkillLevel.NOT_SEEN
        ],
        **describe_issuer(office),
    }


def name_place(office: Organisation) -> dict[str, str]:
    """The office's commune with district and province, in both languages."""
    return in_both(lambda: office.commune.full_name if office.commune else "")


def find_span(placement: Placement) -> tuple[date, date]:
    """From the day on which the service began to that on which it ended, by the log; else as it was agreed."""
    lines = list(placement.transitions.all())
    began = next((line.at for line in lines if line.target == PlacementStatus.ACTIVE), None)
    ended = next((line.at for line in reversed(lines) if line.target in ENDED), None)
    last = timezone.localdate(ended) if ended else (placement.end_date or timezone.localdate(placement.updated_at))
    first = timezone.localdate(began) if began else (placement.start_date or timezone.localdate(placement.agreed_at))
    return min(first, last), last
