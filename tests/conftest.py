"""The named cast: learner, clerk, editor, moderator, stranger. Each is one person with what their part needs."""

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from accounts.enums import MembershipRole
from accounts.models import Membership, Organisation, User
from accounts.rules import MODERATORS
from places.models import Commune
from tests.factories.accounts import MembershipFactory, NgoFactory, OfficeFactory, UserFactory
from tests.factories.places import CommuneFactory

pytest_plugins = ["tests.servers", "tests.rendered"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys come last: while their browser is open an event loop runs, and no test of a socket can start its own.

    Tests marked `postgresql` run where the database is one: `tests/config/test_postgresql.py` starts it and them.
    """
    items.sort(key=lambda item: "journeys" in item.path.parts)
    if connection.vendor == "postgresql":
        return
    elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Counters and rate limits live in the cache; no test inherits another's."""
    cache.clear()


@pytest.fixture(autouse=True)
def _speak_khmer() -> None:
    """A request leaves its language to the thread; no test inherits another's."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def commune(db: None) -> Commune:
    return CommuneFactory.create()


@pytest.fixture
def office(commune: Commune) -> Organisation:
    return OfficeFactory.create(commune=commune)


@pytest.fixture
def ngo(db: None) -> Organisation:
    return NgoFactory.create()


@pytest.fixture
def learner(commune: Commune) -> User:
    return UserFactory.create(username="learner", home_commune=commune)


@pytest.fixture
def clerk(office: Organisation) -> User:
    membership: Membership = MembershipFactory.create(user__username="clerk", organisation=office)
    return membership.user


@pytest.fixture
def editor(ngo: Organisation) -> User:
    membership: Membership = MembershipFactory.create(
        user__username="editor", organisation=ngo, role=MembershipRole.AUTHOR
    )
    return membership.user


@pytest.fixture
def stranger(db: None) -> User:
    return UserFactory.create(username="stranger")


@pytest.fixture
def moderator(db: None) -> User:
    moderator = UserFactory.create(username="moderator")
    moderator.groups.add(Group.objects.get_or_create(name=MODERATORS)[0])
    return moderator
