"""A clerk of another office, for every test of serving."""

import pytest

from accounts.models import User
from tests.factories.accounts import MembershipFactory


@pytest.fixture
def rival(db: None) -> User:
    return MembershipFactory.create(user__username="rival").user
