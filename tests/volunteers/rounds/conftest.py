import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from accounts.rules import STAFF
from tests.factories.accounts import UserFactory


@pytest.fixture
def officer(db: None) -> User:
    officer = UserFactory.create(username="officer")
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return officer
