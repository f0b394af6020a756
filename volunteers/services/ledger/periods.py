"""Days and months as Cambodia counts them, and which chain an application belongs to."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

ONE_DAY = timedelta(days=1)
ROUND = "round-"
FROM_HOUR = 1  # a day is written an hour after its end: whatever was under way at midnight is committed by then


def begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def last_full_day(now: datetime) -> date:
    """The latest day that can be written."""
    return timezone.localdate(now - timedelta(hours=FROM_HOUR)) - ONE_DAY


def month_of(moment: datetime | date) -> str:
    """As in `2026-11`."""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return f"{day:%Y-%m}"


def name_round(public_id: object) -> str:
    """The period of a round's chains."""
    return f"{ROUND}{public_id}"


def end_of_month(period: str) -> date:
    """The first day after the month."""
    first = date.fromisoformat(f"{period}-01")
    return (first + timedelta(days=32)).replace(day=1)


def days_between(first: date, last: date) -> Iterable[date]:
    """Both included."""
    return (first + timedelta(days=count) for count in range((last - first).days + 1))
