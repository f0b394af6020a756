"""Noon in Phnom Penh, kinds of our own, and a reader with an address."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from notifications.services.kinds import KINDS
from tests.factories.notifications import TEST_KINDS, make_reader

NOON = datetime(2026, 12, 2, 5, tzinfo=UTC)  # 12:00 in Phnom Penh


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def set(self, hour: int, minute: int = 0) -> None:
        """The hour of this day in Phnom Penh."""
        self.now = timezone.localtime(self.now).replace(hour=hour, minute=minute, second=0)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    for code, kind in TEST_KINDS.items():
        monkeypatch.setitem(KINDS, code, kind)


@pytest.fixture
def reader(db: None) -> User:
    return make_reader(username="reader", language="en")
