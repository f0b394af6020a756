"""The page of an NGO: its managers invite, change roles and take out; the others read and may leave."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import MembershipRole, Verification
from accounts.forms.organisations import NGO_ROLES
from accounts.models import Membership, Organisation, User
from accounts.rules import may_manage
from tests.factories.accounts import MembershipFactory, NgoFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("ngo")


def member(ngo: Organisation, role: MembershipRole = MembershipRole.MANAGER) -> Membership:
    membership: Membership = MembershipFactory.create(organisation=ngo, role=role)
    return membership


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def fresh(membership: Membership) -> Membership:
    return Membership.objects.get(pk=membership.pk)


@pytest.mark.parametrize("role", NGO_ROLES)
def test_only_managers_of_a_verified_ngo_manage(ngo: Organisation, role: MembershipRole) -> None:
    user = member(ngo, role).user
    assert may_manage(user, ngo) is (role == MembershipRole.MANAGER)
    assert may_manage(user, NgoFactory.create()) is False
    ngo.verification = Verification.WAITING
    assert may_manage(user, ngo) is False


def test_a_manager_invites_and_the_person_accepts(ngo: Organisation, stranger: User) -> None:
    manager = sign_in(member(ngo).user)
    manager.post(reverse("ngo-member-add"), {"username": "STRANGER", "role": "reviewer"})
    invitation = stranger.memberships.get()
    assert (invitation.role, invitation.accepted_at) == ("reviewer", None)
    page = manager.get(PAGE).content.decode()
    assert (stranger.username in page, stranger.get_full_name() in page) == (True, False)
    answer = sign_in(stranger).post(reverse("office-invitation", args=[invitation.pk]), {"accept": "1"})
    assert answer["Location"] == reverse("ngo")
    assert fresh(invitation).accepted_at is not None


@pytest.mark.parametrize("role", ["clerk", "chief", "nothing", ""])
def test_an_ngo_has_no_office_roles(ngo: Organisation, stranger: User, role: str) -> None:
    client = sign_in(member(ngo).user)
    assert client.post(reverse("ngo-member-add"), {"username": "stranger", "role": role}).status_code == 200
    assert stranger.memberships.count() == 0


def test_problems_are_said_at_the_username(ngo: Organisation) -> None:
    manager = member(ngo)
    UserFactory.create(username="young", minor=True)
    client = sign_in(manager.user)
    for name in ("nobody", "young", manager.user.username):
        response = client.post(reverse("ngo-member-add"), {"username": name, "role": "author"})
        assert list(response.context["form"].errors) == ["username"], name
    assert fresh(manager).role == MembershipRole.MANAGER


def test_roles_change_but_a_manager_stays(ngo: Organisation) -> None:
    manager, author = member(ngo), member(ngo, MembershipRole.AUTHOR)
    client = sign_in(manager.user)
    client.post(reverse("ngo-member-role", args=[manager.pk]), {"role": "author"})
    client.post(reverse("ngo-member-end", args=[manager.pk]))
    assert (fresh(manager).role, fresh(manager).ended_at) == ("manager", None)
    client.post(reverse("ngo-member-role", args=[author.pk]), {"role": "manager"})
    client.post(reverse("ngo-member-role", args=[manager.pk]), {"role": "author"})
    assert (fresh(author).role, fresh(manager).role) == ("manager", "author")


def test_the_last_of_all_may_leave(ngo: Organisation) -> None:
    manager = member(ngo)
    sign_in(manager.user).post(reverse("ngo-member-end", args=[manager.pk]))
    assert fresh(manager).ended_at is not None


@pytest.mark.parametrize("role", [role for role in NGO_ROLES if role != MembershipRole.MANAGER])
def test_others_change_nothing_and_may_leave(ngo: Organisation, stranger: User, role: MembershipRole) -> None:
    own, colleague = member(ngo, role), member(ngo, MembershipRole.AUTHOR)
    client = sign_in(own.user)
    assert client.post(reverse("ngo-member-add"), {"username": "stranger", "role": "author"}).status_code == 403
    assert client.post(reverse("ngo-member-role", args=[own.pk]), {"role": "manager"}).status_code == 403
    assert client.post(reverse("ngo-member-end", args=[colleague.pk])).status_code == 403
    client.post(reverse("ngo-member-end", args=[own.pk]))
    assert (fresh(own).role, fresh(own).ended_at is None, fresh(colleague).ended_at) == (role, False, None)


def test_a_manager_reaches_no_other_ngo(ngo: Organisation) -> None:
    client = sign_in(member(ngo).user)
    foreign = member(NgoFactory.create(), MembershipRole.AUTHOR)
    assert client.post(reverse("ngo-member-role", args=[foreign.pk]), {"role": "manager"}).status_code == 404
    assert client.post(reverse("ngo-member-end", args=[foreign.pk])).status_code == 404
    assert fresh(foreign).role == MembershipRole.AUTHOR


def test_who_has_no_ngo_reads_how_one_comes_in(stranger: User) -> None:
    response = sign_in(stranger).get(PAGE)
    assert (response.status_code, response.context["ngo"]) == (200, None)


def test_the_list_costs_the_same_for_many(ngo: Organisation) -> None:
    client, counts = sign_in(member(ngo).user), []
    for more in (0, 3):
        for _ in range(more):
            member(ngo, MembershipRole.AUTHOR)
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
