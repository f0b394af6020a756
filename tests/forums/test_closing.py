"""Closing the topic of a case in one tap, and taking it back at once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import STAFF
from forums.enums import HideReason, ModerationKind
from forums.errors import NotAllowedError
from forums.models import Case, ModerationAction, Topic
from forums.services import report
from forums.services.cases.closing import close_topic, find_undoable, open_topic
from forums.services.cases.deciding import decide, undo
from forums.services.cases.reading import list_log
from tests.factories.accounts import UserFactory


@pytest.fixture
def case(question: Topic, stranger: User) -> Case:
    report(question.posts.get(), by=stranger, reason=HideReason.INSULT)
    return read()


def read() -> Case:
    return Case.objects.with_parts().get()


def test_one_tap_closes_and_one_takes_it_back(
    client: Client, case: Case, question: Topic, judge: User, learner: User
) -> None:
    at = f"/en/forum/reports/{case.public_id}/"
    client.force_login(judge)
    assert "Close the topic for replies" in client.get(at).content.decode()
    for _ in range(2):  # a double tap
        client.post(f"{at}topic/", {"back": "case"})
    act = ModerationAction.objects.get()
    assert (act.kind, act.reason, act.case, read().is_open) == (ModerationKind.LOCK, HideReason.INSULT, case, True)
    client.force_login(learner)
    html = client.get(f"/en/forum/topics/{question.public_id}/").content.decode()
    assert "It insults or threatens someone" in html
    client.force_login(judge)
    assert "You closed the topic just now" in client.get(at).content.decode()
    client.post(f"{at}topic/", {"back": "case", "act": "open"})
    question.refresh_from_db()
    act.refresh_from_db()
    assert (question.is_locked, act.undone_at is not None, ModerationAction.objects.count()) == (False, True, 1)
    ModerationAction.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert not list_log(learner).exists()


def test_later_opening_is_an_act_of_its_own(case: Case, question: Topic, judge: User) -> None:
    close_topic(case, by=judge)
    ModerationAction.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert find_undoable(read(), judge) is None
    open_topic(read(), by=judge)
    question.refresh_from_db()
    kinds = set(ModerationAction.objects.filter(undone_at=None).values_list("kind", flat=True))
    assert (question.is_locked, kinds) == (False, {ModerationKind.LOCK, ModerationKind.UNLOCK})


def test_taking_the_decision_back_leaves_the_topic_closed(case: Case, question: Topic, judge: User) -> None:
    close_topic(case, by=judge)
    decide(read(), by=judge, ruling=ModerationKind.WARN)
    undo(read(), by=judge)
    question.refresh_from_db()
    standing = ModerationAction.objects.standing().get()
    assert (question.is_locked, standing.kind) == (True, ModerationKind.LOCK)


def test_who_is_a_party_or_no_moderator_closes_nothing(case: Case, clerk: User, learner: User, stranger: User) -> None:
    staff = UserFactory.create(username="officer")
    staff.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    for user in (clerk, learner, stranger, staff):
        with pytest.raises(NotAllowedError):
            close_topic(read(), by=user)
