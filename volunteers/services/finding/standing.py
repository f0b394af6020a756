"""Once a day: response records, then the points of every open request that are the same for everybody.

During the day they stay, so that the pages of a list hold together; whoever opens a request in between gets its points
then. All of it is a few statements over whole tables, whatever the number of requests.
"""

from collections import defaultdict
from datetime import date, datetime, time

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.timezone import make_aware

from volunteers.models import RequestListing, ResponseRecord
from volunteers.services.finding.exposure import forget_old, lift
from volunteers.services.finding.points import (
    FRESH_POINTS,
    MOST_PENALTY,
    NEW_OFFICE_POINTS,
    opened_after,
    rate_response,
)
from volunteers.services.finding.records import count_records


def count_day() -> bool:
    """For the clocks: the day's count, where no one has made it yet. Answers whether it was made now."""
    today = timezone.localdate()
    if not RequestListing.objects.filter(is_open=True).exclude(counted_date=today).exists():
        return False
    count_records()
    count_standing(today)
    lift(today)
    forget_old(today)
    return True


def count_standing(today: date) -> None:
    """Fresh, response and penalty of every open request, and their sum. One statement writes each row once: PostgreSQL
    pays for every writing of a row, SQLite for every reading.
    """
    fresh, response = rate_fresh_in_database(today), rate_response_in_database()
    penalty = Least(F("received"), Value(MOST_PENALTY))
    RequestListing.objects.filter(is_open=True).update(
        fresh=fresh, response=response, penalty=penalty, standing=fresh + response - penalty, counted_date=today
    )


def rate_fresh_in_database(today: date) -> Combinable:
    """`points.rate_fresh` of every row."""
    whens = [
        When(opened_at__gte=make_aware(datetime.combine(opened_after(days, today), time())), then=Value(points))
        for days, points in sorted(FRESH_POINTS.items())
    ]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def rate_response_in_database() -> Combinable:
    """`points.rate_response` of every row, by its office. One query."""
    offices: dict[int, list[int]] = defaultdict(list)
    for record in ResponseRecord.objects.all():
        if (points := rate_response(record)) != NEW_OFFICE_POINTS:
            offices[points].append(record.pk)
    whens = [When(office__in=found, then=Value(points)) for points, found in sorted(offices.items())]
    return Case(*whens, default=Value(NEW_OFFICE_POINTS), output_field=IntegerField())
