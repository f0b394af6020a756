"""Who joins a cohort by its link, who leaves, and what hangs on a person."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import ConsentChannel
from accounts.models import User
from accounts.services import collect_export, delete_account, record_consent, withdraw_consent
from courses.enums import JoinObstacle
from courses.models import Attendance, Cohort, CohortMember, Nudge
from courses.services.cohorts import (
    CannotJoinError,
    find_obstacle,
    join_cohort,
    leave_cohort,
)
from places.models import Commune
from tests.factories.accounts import PASSWORD, NgoFactory, UserFactory
from tests.factories.cohorts import CohortFactory, CohortSessionFactory, NudgeFactory, make_facilitator

pytestmark = pytest.mark.django_db


# Joining


def person_of(age: int | None) -> User:
    year = None if age is None else timezone.localdate().year - age - 1
    user: User = UserFactory.create(birth_year=year)
    return user


@pytest.mark.parametrize(
    ("age", "consents", "obstacle"),
    [
        (None, False, JoinObstacle.NO_AGE),
        (14, True, JoinObstacle.TOO_YOUNG),
        (15, False, JoinObstacle.NO_CONSENT),
        (17, False, JoinObstacle.NO_CONSENT),
        (15, True, None),
        (18, False, None),
    ],
)
def test_who_may_join(cohort: Cohort, age: int | None, consents: bool, obstacle: JoinObstacle | None) -> None:
    person = person_of(age)
    if consents:
        record_consent(person, by=cohort.opened_by, guardian_name="ម៉ែ", channel=ConsentChannel.PAPER)
    assert find_obstacle(cohort, person) == obstacle
    if obstacle is None:
        join_cohort(cohort, by=person)
    else:
        with pytest.raises(CannotJoinError) as refusal:
            join_cohort(cohort, by=person)
        assert refusal.value.obstacle == obstacle
    assert cohort.members.current().filter(user=person).exists() == (obstacle is None)


@pytest.mark.parametrize(
    ("fields", "obstacle"),
    [
        ({"over": True}, JoinObstacle.CLOSED),
        ({"invite_closed_at": timezone.now()}, JoinObstacle.CLOSED),
        ({"most_members": 1, "member_count": 1}, JoinObstacle.FULL),
        ({"planned": True}, None),
        ({"most_members": 2, "member_count": 1}, None),
    ],
)
def test_when_the_link_lets_in(learner: User, fields: dict[str, Any], obstacle: JoinObstacle | None) -> None:
    assert find_obstacle(CohortFactory.create(**fields), learner) == obstacle


def test_joining_leaving_and_joining_again_keep_one_row(cohort: Cohort, learner: User) -> None:
    first = join_cohort(cohort, by=learner)
    assert join_cohort(cohort, by=learner).pk == first.pk
    cohort.refresh_from_db()
    assert cohort.member_count == 1
    assert [leave_cohort(cohort, by=learner), leave_cohort(cohort, by=learner)] == [True, False]
    cohort.refresh_from_db()
    assert (cohort.member_count, CohortMember.objects.filter(left_at=None).count()) == (0, 0)
    assert join_cohort(cohort, by=learner).pk == first.pk
    cohort.refresh_from_db()
    assert (cohort.member_count, CohortMember.objects.count()) == (1, 1)


def test_a_visitor_comes_back_from_sign_up_and_joins(client: Client, cohort: Cohort, learner: User) -> None:
    address = reverse("cohort-join", args=[cohort.token])
    page = client.get(address).content.decode()
    assert f"{reverse('account_signup')}?next={address}" in page
    assert client.post(address).headers["Location"] == f"{reverse('account_login')}?next={address}"
    signed_in = client.post(reverse("account_login"), {"login": "learner", "password": PASSWORD, "next": address})
    assert signed_in.headers["Location"] == address
    assert client.post(address).headers["Location"] == cohort.get_absolute_url()
    assert Cohort.objects.joined_by(learner).get() == cohort
    assert cohort.get_absolute_url() in client.get(address).content.decode()


def test_the_link_survives_sign_up(client: Client, cohort: Cohort, commune: Commune) -> None:
    """Form, recovery codes, and back to the invitation."""
    address = reverse("cohort-join", args=[cohort.token])
    data = {"way": "username", "username": "new-learner", "password1": PASSWORD, "given_name": "Dara"}
    data |= {"birth_year": "2000", "home": commune.code, "home_mode": "name", "now_mode": "name", "next": address}
    codes = client.post(reverse("account_signup"), data).headers["Location"]
    assert address in client.get(codes).text
    assert client.post(codes, {"next": address}).headers["Location"] == address
    assert client.post(address).headers["Location"] == cohort.get_absolute_url()


def test_an_invitation_names_who_invites_and_no_more(client: Client, cohort: Cohort, facilitator: User) -> None:
    facilitator.phone = "+85512345678"
    facilitator.save()
    response = client.get(reverse("cohort-join", args=[cohort.token]))
    page = response.content.decode()
    assert facilitator.get_full_name() in page
    assert cohort.organisation.name_km in page
    assert "345 678" not in page
    assert facilitator.username not in page
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_wrong_or_changed_link_leads_nowhere(client: Client, cohort: Cohort, facilitator: User) -> None:
    old = reverse("cohort-join", args=[cohort.token])
    client.force_login(facilitator)
    invite = reverse("cohort-invite", args=[cohort.public_id])
    client.post(invite, {"verb": "close"})
    assert client.get(old).status_code == 200
    client.post(invite, {"verb": "change"})
    cohort.refresh_from_db()
    assert [client.get(old).status_code, client.get(reverse("cohort-join", args=["x" * 22])).status_code] == [404, 404]
    assert cohort.is_inviting
    assert client.get(reverse("cohort-join", args=[cohort.token])).status_code == 200
    assert len(cohort.token) == 22


@pytest.mark.parametrize(("verb", "is_inviting"), [("close", False), ("open", True), ("nonsense", True)])
def test_the_link_is_closed_and_opened_by_hand(client: Client, cohort: Cohort, verb: str, is_inviting: bool) -> None:
    client.force_login(cohort.opened_by)
    client.post(reverse("cohort-invite", args=[cohort.public_id]), {"verb": verb})
    cohort.refresh_from_db()
    assert cohort.is_inviting == is_inviting


def test_link_code_and_poster_carry_the_same_address(client: Client, cohort: Cohort) -> None:
    client.force_login(cohort.opened_by)
    address = f"http://testserver/cohorts/join/{cohort.token}/"
    for name in ("cohort-invite", "cohort-poster"):
        page = client.get(reverse(name, args=[cohort.public_id])).content.decode()
        assert address in page
        assert reverse("cohort-code", args=[cohort.public_id]) in page
    poster = client.get(reverse("cohort-poster", args=[cohort.public_id])).content.decode()
    assert [poster.count(f'<section lang="{code}">') for code in ("km", "en")] == [1, 1]
    code = client.get(reverse("cohort-code", args=[cohort.public_id]))
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<svg")
    assert client.get(address.removeprefix("http://testserver")).headers["Location"] == reverse(
        "cohort-join", args=[cohort.token]
    )


def test_leaving_is_one_tap(client: Client, cohort: Cohort, learner: User) -> None:
    join_cohort(cohort, by=learner)
    client.force_login(learner)
    assert client.get(cohort.get_absolute_url()).status_code == 200
    client.post(reverse("cohort-leave", args=[cohort.public_id]))
    assert client.get(cohort.get_absolute_url()).status_code == 404


# What hangs on a person


def test_a_consent_that_is_withdrawn_ends_the_membership(cohort: Cohort) -> None:
    young = person_of(16)
    record_consent(young, by=cohort.opened_by, guardian_name="ម៉ែ", channel=ConsentChannel.PAPER)
    join_cohort(cohort, by=young)
    withdraw_consent(young, by=cohort.opened_by)
    cohort.refresh_from_db()
    assert (cohort.member_count, cohort.members.current().count(), cohort.members.count()) == (0, 0, 1)


def test_own_data_goes_along_and_goes_away(cohort: Cohort, learner: User) -> None:
    member = join_cohort(cohort, by=learner)
    session = CohortSessionFactory.create(cohort=cohort)
    Attendance.objects.create(
        session=session, member=member, presence="present", marked_by=cohort.opened_by, marked_at=timezone.now()
    )
    nudge = NudgeFactory.create(cohort=cohort, user=learner, by=cohort.opened_by, text="សួស្ដី")
    part = collect_export(learner)["parts"]["courses"]["cohorts"]
    assert part == [
        {
            "cohort": cohort.title,
            "course": str(cohort.course_key),
            "joined_at": member.joined_at.isoformat(),
            "left_at": None,
            "attendance": [{"date": session.date.isoformat(), "title": session.title, "presence": "present"}],
            "nudges": [{"sent_at": nudge.sent_at.isoformat(), "sentence": "help", "text": "សួស្ដី", "read_at": None}],
        }
    ]
    delete_account(learner)
    cohort.refresh_from_db()
    assert (cohort.member_count, cohort.members.count()) == (0, 0)
    assert (Attendance.objects.count(), Nudge.objects.count()) == (0, 0)


def test_a_facilitator_who_leaves_for_good_is_named_no_more(cohort: Cohort, facilitator: User) -> None:
    cohort.facilitators.add(make_facilitator(NgoFactory.create()))
    delete_account(facilitator)
    assert cohort.facilitators.count() == 1
    assert Cohort.objects.get() == cohort
