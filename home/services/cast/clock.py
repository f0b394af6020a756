"""The demo's past: what its people did weeks ago is written by today's services, with the clock set back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is that moment for whatever asks Django for the time. Only while nobody is served."""
    with patch.object(timezone, "now", lambda: moment):
        yield


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """In the morning of the day so many days before today."""
    with at(morning_of(-days)):
        yield


def morning_of(days: int, hour: int = 9) -> datetime:
    """At that hour of the day so many days from today."""
    moment = timezone.localtime() + timedelta(days=days)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)
