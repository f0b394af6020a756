"""A truth table per rule: the cast in rows, the rules in columns."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import MembershipRole, Verification
from accounts.models import Organisation, User
from forums import rules
from forums.enums import HideReason
from forums.models import Board, Post, Topic
from forums.querysets import Reader
from forums.services import delete, hide
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.forums import BoardFactory, make_reply

Cast = dict[str, Reader]


@pytest.fixture
def cast(learner: User, clerk: User, stranger: User, judge: User, office: Organisation) -> Cast:
    left = MembershipFactory.create(organisation=office, ended_at="2026-01-01T00:00:00Z").user
    elsewhere = MembershipFactory.create().user
    helper = MembershipFactory.create(organisation=office, role=MembershipRole.AUTHOR).user
    return {
        "visitor": AnonymousUser(),
        "child": UserFactory.create(birth_year=2014),
        "stranger": stranger,
        "author": learner,
        "clerk": clerk,
        "left the office": left,
        "clerk elsewhere": elsewhere,
        "editor in the office": helper,
        "moderator": judge,
    }


def who(cast: Cast, rule: Callable[[Reader], bool]) -> set[str]:
    return {name for name, user in cast.items() if rule(user)}


WRITERS = {"stranger", "author", "clerk", "left the office", "clerk elsewhere", "editor in the office", "moderator"}


def test_writing(cast: Cast, board: Board, question: Topic) -> None:
    assert who(cast, lambda user: rules.can_write_in(user, board)) == WRITERS
    assert who(cast, lambda user: rules.can_reply(user, question)) == WRITERS
    question.is_hidden = True
    assert who(cast, lambda user: rules.can_reply(user, question)) == set()


def test_announcing_and_answering(cast: Cast, board: Board) -> None:
    general = BoardFactory.create()
    assert who(cast, lambda user: rules.can_announce(user, board)) == {"clerk", "moderator"}
    assert who(cast, lambda user: rules.can_announce(user, general)) == {"moderator"}
    assert who(cast, lambda user: rules.is_official_on(user, board)) == {"clerk"}


@pytest.mark.parametrize("verification", [Verification.WAITING, Verification.REFUSED])
def test_an_unverified_office_has_no_officials(
    cast: Cast, board: Board, office: Organisation, verification: Verification
) -> None:
    office.verification, office.verified_at = verification, None
    office.save()
    assert who(cast, lambda user: rules.is_official_on(user, board)) == set()


def test_what_others_wrote_can_be_reported(cast: Cast, question: Topic, judge: User) -> None:
    post = question.posts.get()
    everyone = WRITERS | {"child"}
    assert who(cast, lambda user: rules.can_report(user, post)) == everyone - {"author"}
    hide(post, by=judge, reason=HideReason.SPAM)
    post = Post.objects.get(pk=post.pk)
    assert who(cast, lambda user: rules.can_report(user, post)) == set()


def test_ones_own_posts(cast: Cast, question: Topic, judge: User) -> None:
    post = question.posts.get()
    assert who(cast, lambda user: rules.can_edit(user, post)) == {"author"}
    assert who(cast, lambda user: rules.can_delete(user, post)) == {"author"}
    hidden = hide(post, by=judge, reason=HideReason.SPAM)
    assert who(cast, lambda user: rules.can_edit(user, hidden)) == set()
    assert who(cast, lambda user: rules.can_delete(user, hidden)) == set()


def test_marking(cast: Cast, question: Topic, clerk: User) -> None:
    official, plain = make_reply(question, by=clerk), make_reply(question)
    assert who(cast, lambda user: rules.can_mark(user, official)) == {"clerk"}
    assert who(cast, lambda user: rules.can_mark(user, plain)) == set()
    assert who(cast, lambda user: rules.can_mark(user, question.posts.get(number=1))) == set()
    gone = delete(official, by=clerk)
    assert who(cast, lambda user: rules.can_mark(user, gone)) == set()


def test_moderating(cast: Cast, question: Topic) -> None:
    assert who(cast, lambda user: rules.can_moderate(user, question.posts.get())) == {"moderator"}


def test_the_names_are_registered(clerk: User, question: Topic, judge: User) -> None:
    post = make_reply(question, by=clerk)
    assert clerk.has_perm("forums.mark_post", post)
    assert not judge.has_perm("forums.mark_post", post)
    assert judge.has_perm("forums.moderate_post", post)
