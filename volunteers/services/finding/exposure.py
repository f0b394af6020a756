"""Who is seen: counts how often an office's requests stood in a list, and lifts those of offices that few have seen.

A page view writes nothing. Each process counts in memory and hands the numbers over once a minute at most; what a
process that dies has not handed over is lost, which nobody misses in a daily figure.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When
from django.utils import timezone
from django_tasks import task

from volunteers.models import Application, Exposure, RequestListing

SEEN_DAYS = 14
APPLIED_DAYS = 30
FEW_APPLICATIONS = 2
KEPT_DAYS = 35


class Tally:
    """Impressions by office that no table has yet."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.seen: Counter[int] = Counter()
        self.since = time.monotonic()

    def add(self, office_ids: Iterable[int]) -> dict[int, int]:
        """Count each; answers what is to be written now, and forgets it."""
        with self.lock:
            self.seen.update(office_ids)
            if time.monotonic() - self.since < settings.EXPOSURE_SECONDS:
                return {}
            return self._take()

    def take(self) -> dict[int, int]:
        with self.lock:
            return self._take()

    def _take(self) -> dict[int, int]:
        seen, self.seen, self.since = self.seen, Counter(), time.monotonic()
        return dict(seen)


TALLY = Tally()


def note_seen(listings: Iterable[RequestListing]) -> None:
    """These stood in a list that somebody looked at."""
    if due := TALLY.add(listing.office_id for listing in listings):
        write_seen_task.enqueue({str(office): seen for office, seen in due.items()})


@transaction.atomic
def write_seen(seen: dict[int, int]) -> None:
    """Add to the day's rows. Two queries, however many offices."""
    today = timezone.localdate()
    rows = [Exposure(office_id=office, date=today) for office in sorted(seen)]
    Exposure.objects.bulk_create(rows, ignore_conflicts=True)
    more = Case(
        *(When(office=office, then=Value(count)) for office, count in seen.items()),
        default=Value(0),
        output_field=IntegerField(),
    )
    Exposure.objects.filter(date=today, office__in=seen).update(seen=F("seen") + more)


def find_little_seen(today: date) -> set[int]:
    """Offices with open requests that were seen less than half as often as the middle one of the last 14 days, and got
    at most two applications in 30. Nobody, while half of them have not been seen at all. Three queries.
    """
    offices = set(RequestListing.objects.open().values_list("office", flat=True))
    seen = _by_office(
        Exposure.objects.filter(date__gt=today - timedelta(days=SEEN_DAYS)).values_list("office"), Sum("seen")
    )
    recent = Application.objects.filter(sent_at__gt=timezone.now() - timedelta(days=APPLIED_DAYS))
    applied = _by_office(recent.order_by().values_list("request__office"), Count("pk"))
    if not offices:
        return set()
    middle = median(seen.get(office, 0) for office in offices)
    return {
        office for office in offices if seen.get(office, 0) * 2 < middle and applied.get(office, 0) <= FEW_APPLICATIONS
    }


def lift(today: date) -> int:
    """Mark the requests of little-seen offices until tomorrow. Answers how many."""
    little = find_little_seen(today)
    RequestListing.objects.filter(Q(is_lifted=True)).exclude(office__in=little).update(is_lifted=False)
    return RequestListing.objects.open().filter(office__in=little).update(is_lifted=True)


def forget_old(today: date) -> None:
    Exposure.objects.filter(date__lte=today - timedelta(days=KEPT_DAYS)).delete()


def _by_office(rows: Any, what: Any) -> dict[int, int]:
    return dict(rows.annotate(n=what).values_list(*rows.query.values_select, "n"))


@task()
def write_seen_task(seen: dict[str, int]) -> None:
    write_seen({int(office): count for office, count in seen.items()})
