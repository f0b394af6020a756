"""A truth table for each predicate."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

from accounts import rules
from accounts.enums import ConsentChannel, MembershipRole
from accounts.models import Membership, Organisation, User
from accounts.services import end_membership, join, offices_of, record_consent, withdraw_consent
from places.models import Commune
from tests.factories.accounts import MembershipFactory, NgoFactory, OfficeFactory, UserFactory
from tests.factories.places import CommuneFactory

pytestmark = pytest.mark.django_db


def aged(least_age: int | None, **kwargs: object) -> User:
    """Somebody who is at least this old by the birth year."""
    year = None if least_age is None else timezone.localdate().year - least_age - 1
    return UserFactory.create(birth_year=year, **kwargs)


@pytest.mark.parametrize(
    ("least_age", "posts", "volunteers"),
    [
        (None, False, False),
        (14, False, False),
        (15, True, False),
        (17, True, False),
        (18, True, True),
        (40, True, True),
    ],
)
def test_by_age(least_age: int | None, posts: bool, volunteers: bool) -> None:
    user = aged(least_age)
    assert (rules.may_post(user), rules.may_volunteer(user)) == (posts, volunteers)


@pytest.mark.parametrize(("least_age", "volunteers"), [(14, False), (15, True), (17, True)])
def test_by_age_with_a_guardians_consent(least_age: int, volunteers: bool, clerk: User) -> None:
    user = aged(least_age)
    record_consent(user, by=clerk, guardian_name="Sok", channel=ConsentChannel.PAPER)
    assert rules.may_volunteer(user) is volunteers
    withdraw_consent(user, by=clerk)
    assert rules.may_volunteer(user) is False


def test_of_unknown_age_but_known_to_the_programme(office: Organisation) -> None:
    clerk = aged(None)
    MembershipFactory.create(user=clerk, organisation=office)
    assert (rules.may_post(clerk), rules.may_volunteer(clerk)) == (True, True)
    assert rules.may_post(aged(None, is_superuser=True))


@pytest.mark.parametrize(
    ("make", "moderates", "is_staff"),
    [
        (lambda: UserFactory.create(), False, False),
        (lambda: UserFactory.create(is_superuser=True), True, True),
        (lambda: in_group("Moderators"), True, False),
        (lambda: in_group("Programme staff"), False, True),
        (lambda: in_group("Moderators", is_active=False), False, False),
        (AnonymousUser, False, False),
    ],
)
def test_staff_and_moderators(make: Callable[[], User], moderates: bool, is_staff: bool) -> None:
    user = make()
    assert (rules.is_moderator(user), rules.is_programme_staff(user)) == (moderates, is_staff)


def in_group(name: str, **kwargs: object) -> User:
    user: User = UserFactory.create(**kwargs)
    user.groups.add(Group.objects.get_or_create(name=name)[0])
    return user


@pytest.mark.parametrize(
    ("role", "verified", "acts", "speaks"),
    [
        (MembershipRole.CLERK, True, True, True),
        (MembershipRole.CHIEF, True, True, True),
        (MembershipRole.OFFICIAL, True, True, True),
        (MembershipRole.CLERK, False, True, False),
        (MembershipRole.AUTHOR, True, False, False),
    ],
)
def test_acting_for_an_office(role: MembershipRole, verified: bool, acts: bool, speaks: bool, commune: Commune) -> None:
    office = OfficeFactory.create(commune=commune, **({} if verified else {"waiting": True}))
    membership: Membership = MembershipFactory.create(organisation=office, role=role)
    user = membership.user
    for place in (office, commune):
        assert (rules.is_clerk_of(user, place), rules.speaks_for(user, place)) == (acts, speaks)
    assert rules.is_member_of(user, office)
    other = CommuneFactory.create()
    assert (rules.is_clerk_of(user, other), rules.speaks_for(user, other)) == (False, False)
    end_membership(membership)
    assert (rules.is_clerk_of(user, office), rules.is_member_of(user, office), user.has_desk) == (False, False, False)


@pytest.mark.parametrize("nobody", [AnonymousUser(), None])
def test_nobody_acts_for_nothing(nobody: AnonymousUser | None, office: Organisation) -> None:
    user = nobody or AnonymousUser()
    for predicate in (rules.is_clerk_of, rules.is_member_of, rules.speaks_for):
        assert predicate(user, office) is False
        assert predicate(user, None) is False
    for rule in (rules.may_post, rules.may_volunteer, rules.may_record_consent):
        assert rule(user) is False
    assert offices_of(user) == []  # type: ignore[arg-type]


def test_recording_consent(office: Organisation, clerk: User, editor: User, learner: User, ngo: Organisation) -> None:
    waiting = MembershipFactory.create(organisation=OfficeFactory.create(waiting=True)).user
    minor = aged(16)
    MembershipFactory.create(user=minor, organisation=ngo, role=MembershipRole.AUTHOR)
    table = {clerk: True, editor: True, in_group("Programme staff"): True, learner: False, waiting: False, minor: False}
    assert {user: rules.may_record_consent(user) for user in table} == table


def test_an_ngo_is_no_desk(editor: User, clerk: User, stranger: User) -> None:
    assert (editor.has_desk, clerk.has_desk, stranger.has_desk) == (False, True, False)


def test_many_rules_ask_one_query_for_memberships(clerk: User, office: Organisation, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    user = User.objects.get(pk=clerk.pk)
    with django_assert_num_queries(1):
        assert user.has_desk
        assert rules.is_clerk_of(user, office)
        assert rules.speaks_for(user, office.commune)
        assert offices_of(user) == [office]
        assert offices_of(user)[0].commune.district.province.code == "21"


def test_the_verified_office_comes_first(clerk: User, office: Organisation) -> None:
    waiting = OfficeFactory.create(waiting=True)
    join(clerk, organisation=waiting, role=MembershipRole.CLERK)
    join(clerk, organisation=NgoFactory.create(), role=MembershipRole.AUTHOR)
    assert offices_of(clerk) == [office, waiting]
