"""Once a day: response records, then the points of every open request that are the same for everybody.

During the day they stay, so that the pages of a list hold together; whoever opens a request in between gets its points
then. All of it is a few statements over whole tables, whatever the number of requests.
"""

from collections import defaultdict
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils import timezone

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


@transaction.atomic
def count_standing(today: date) -> None:
    """Fresh, response and penalty of every open request, and their sum."""
    rows = RequestListing.objects.filter(is_open=True)
    rows.update(fresh=0, response=NEW_OFFICE_POINTS, penalty=Least(F("received"), Value(MOST_PENALTY)))
    for days, points in sorted(FRESH_POINTS.items(), reverse=True):
        first = timezone.make_aware(datetime.combine(opened_after(days, today), time()))
        rows.filter(opened_at__gte=first).update(fresh=points)
    offices: dict[int, list[int]] = defaultdict(list)
    for record in ResponseRecord.objects.all():
        offices[rate_response(record)].append(record.pk)
    for points, found in offices.items():
        rows.filter(office__in=found).update(response=points)
    rows.update(standing=F("fresh") + F("response") - F("penalty"), counted_date=today)
