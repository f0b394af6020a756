"""When something may be sent: the pause for company, the quiet hours, the pauses after failures."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

GROUP_PAUSE = timedelta(minutes=10)  # others of the group join; then one e-mail speaks for all
LAST_HOURS = timedelta(hours=12)  # a clock's last hours are never spent waiting for the morning
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
MOST_ATTEMPTS = len(BACK_OFF) + 1
WEEK = timedelta(days=7)
STUCK = timedelta(minutes=15)
KEPT = timedelta(days=365)


def is_quiet(moment: datetime) -> bool:
    """Night in Phnom Penh: from the first hour on, until the last one strikes."""
    start, end = settings.QUIET_FROM, settings.QUIET_UNTIL
    hour = timezone.localtime(moment).hour
    return start <= hour < end if start <= end else hour >= start or hour < end


def find_sending_time(now: datetime, due_at: datetime | None) -> datetime:
    """`now` by day. By night the morning, unless a clock would then have less than `LAST_HOURS` left."""
    if not is_quiet(now):
        return now
    local = timezone.localtime(now)
    morning = local.replace(hour=settings.QUIET_UNTIL, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning += timedelta(days=1)
    return now if due_at is not None and due_at - morning < LAST_HOURS else morning


def find_pause(attempts: int) -> timedelta:
    """After so many failed attempts, fewer than `MOST_ATTEMPTS`."""
    return BACK_OFF[attempts - 1]
