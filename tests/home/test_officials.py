"""Who answers for a commune, how often and how fast, and what waits."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from forums.models import Topic
from home.services.officials import read_officials
from tests.factories.accounts import MembershipFactory
from tests.factories.forums import BoardFactory, make_reply, make_topic

pytestmark = pytest.mark.django_db


def test_each_official_stands_with_own_answers(
    client: Client, office: Organisation, clerk: User, learner: User
) -> None:
    chief = MembershipFactory.create(organisation=office, role="chief").user
    board = BoardFactory.create(of_commune=True, commune=office.commune)
    begun = timezone.now() - timedelta(days=9)
    for days in (2, 4, 6):
        topic = make_topic(board, by=learner, kind="question")
        post = make_reply(topic, by=clerk, source="Yes.")
        Topic.objects.filter(pk=topic.pk).update(
            answer=post, is_answered=True, created_at=begun, answered_at=begun + timedelta(days=days)
        )
    waiting = make_topic(board, by=learner, kind="question")
    Topic.objects.filter(pk=waiting.pk).update(created_at=begun)
    found = {each.membership.user: (each.answers, each.days) for each in read_officials(office, board)}
    assert found == {clerk: (3, 4), chief: (0, 0)}
    page = client.get(f"/en/communes/{office.commune.code}/").text
    for words in ("3 answers, usually within 4 d.", "1 question waits for an answer, the oldest for 9 days"):
        assert words in " ".join(page.split()), words
