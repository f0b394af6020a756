"""A commune with a verified office, a question on its board, and a moderator."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import Organisation, User
from forums.models import Board, Topic
from forums.services import get_board_of
from places.models import Commune
from tests.factories.accounts import UserFactory
from tests.factories.forums import make_topic


@pytest.fixture
def board(commune: Commune, office: Organisation) -> Board:
    return get_board_of(commune)


@pytest.fixture
def question(board: Board, learner: User) -> Topic:
    return make_topic(board, by=learner)


@pytest.fixture
def judge(db: None) -> User:
    """A moderator."""
    user = UserFactory.create(username="judge")
    user.groups.add(Group.objects.get_or_create(name="Moderators")[0])
    return user
