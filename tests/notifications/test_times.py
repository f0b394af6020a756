"""The quiet hours at their edges, and the clocks that pass them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from notifications.services.times import BACK_OFF, find_pause, find_sending_time


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of December 2026 in Phnom Penh."""
    return datetime(2026, 12, day, hour, minute, second, tzinfo=timezone.get_current_timezone())


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        (at(2, 20, 59, 59), at(2, 20, 59, 59)),
        (at(2, 21), at(3, 6)),
        (at(2, 23, 59, 59), at(3, 6)),
        (at(3, 0), at(3, 6)),
        (at(3, 5, 59, 59), at(3, 6)),
        (at(3, 6), at(3, 6)),
        (at(3, 12), at(3, 12)),
    ],
)
def test_the_edges_of_the_night(now: datetime, sent: datetime) -> None:
    assert find_sending_time(now, None) == sent


@pytest.mark.parametrize(
    ("due", "passes"),
    [
        (at(3, 17, 59), True),  # the morning would leave less than twelve hours
        (at(3, 18), False),
        (at(5, 22), False),  # an offer made now: 72 hours are time enough
        (at(2, 22, 30), True),
    ],
)
def test_a_clock_passes_the_night_only_near_its_end(due: datetime, passes: bool) -> None:
    assert (find_sending_time(at(2, 22), due) == at(2, 22)) is passes


def test_a_site_may_have_other_hours_or_none(settings: Any) -> None:
    settings.QUIET_FROM, settings.QUIET_UNTIL = 1, 4
    assert [find_sending_time(at(2, hour), None).hour for hour in (0, 1, 3, 4)] == [0, 4, 4, 4]
    settings.QUIET_UNTIL = 1
    assert [find_sending_time(at(2, hour), None).hour for hour in (0, 1, 23)] == [0, 1, 23]


def test_the_pauses_grow() -> None:
    pauses = [find_pause(attempts) for attempts in range(1, len(BACK_OFF) + 1)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(minutes=1), timedelta(hours=12))
