"""Kinds for tests, one of each importance, and people with a confirmed address."""

from typing import Any

from allauth.account.models import EmailAddress
from django.utils.functional import lazystr

from accounts.models import User
from notifications.enums import Importance
from notifications.models import Notification
from notifications.services import Category, Kind, notify
from tests.factories.accounts import UserFactory

WORK = Category("test-work", lazystr("Work"), lazystr("All about work."))
URGENT = Kind("test.urgent", WORK, lazystr("Urgent things"), lazystr("Answer %(title)s"), importance=Importance.URGENT)
NORMAL = Kind(
    "test.normal",
    WORK,
    lazystr("Normal things"),
    lazystr("News of %(title)s"),
    body=lazystr("It is about %(title)s."),
    many=lazystr("%(count)s news of %(title)s"),
)
LOW = Kind("test.low", WORK, lazystr("Little things"), lazystr("By the way: %(title)s"), importance=Importance.LOW)
ALARM = Kind("test.alarm", WORK, lazystr("Alarms"), lazystr("Help: %(title)s"), importance=Importance.ALARM)
TEST_KINDS = {kind.code: kind for kind in (ALARM, URGENT, NORMAL, LOW)}


def make_reader(**values: Any) -> User:
    """Somebody with a confirmed address."""
    person = UserFactory.create(**values)
    address = f"{person.username}@example.org"
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def tell(person: User, kind: Kind = NORMAL, key: str = "one", **values: Any) -> Notification:
    """One notification, as a feature would send it."""
    values = {"url": "/en/requests/", "data": {"title": {"km": "ការងារ", "en": "the work"}}, **values}
    notify([person], kind=kind, dedupe_key=key, **values)
    return person.notifications.get(dedupe_key=key)
