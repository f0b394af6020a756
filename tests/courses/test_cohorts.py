"""A cohort's life: who leads it, who sees it, who joins by its link, who leaves."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses.enums import CohortState
from courses.models import Cohort, CourseIndexPage, CoursePage
from courses.rules import may_lead
from courses.services import set_up_publisher
from courses.services.cohorts import (
    NoFacilitatorError,
    add_facilitator,
    list_led_courses,
    remove_facilitator,
)
from tests.factories.accounts import NgoFactory, UserFactory
from tests.factories.cohorts import (
    CohortFactory,
    CohortMemberFactory,
    make_facilitator,
)
from tests.factories.courses import make_course

pytestmark = pytest.mark.django_db


def test_who_may_lead(cohort: Cohort, ngo: Organisation, staff: User, learner: User, clerk: User) -> None:
    """The rule and the list say the same of everybody."""
    people = {
        "anonymous": AnonymousUser(),
        "learner": CohortMemberFactory.create(cohort=cohort, user=learner).user,
        "clerk": clerk,
        "author": make_facilitator(ngo, MembershipRole.AUTHOR),
        "another facilitator of the NGO": make_facilitator(ngo),
        "manager": make_facilitator(ngo, MembershipRole.MANAGER),
        "facilitator of another NGO": make_facilitator(NgoFactory.create()),
        "named, of another NGO": make_facilitator(NgoFactory.create()),
        "named, but no facilitator any more": UserFactory.create(),
        "staff": staff,
        "superuser": UserFactory.create(is_superuser=True),
        "inactive superuser": UserFactory.create(is_superuser=True, is_active=False),
    }
    cohort.facilitators.add(people["named, of another NGO"], people["named, but no facilitator any more"])
    allowed = {name for name, person in people.items() if may_lead(person, cohort)}
    assert allowed == {"another facilitator of the NGO", "manager", "named, of another NGO", "staff", "superuser"}
    assert {name for name, person in people.items() if Cohort.objects.led_by(person).exists()} == allowed
    assert {name for name, person in people.items() if Cohort.objects.visible_to(person).exists()} == allowed | {
        "learner"
    }


def test_an_organisation_that_is_not_verified_leads_nothing(cohort: Cohort, ngo: Organisation) -> None:
    Organisation.objects.filter(pk=ngo.pk).update(verification="refused", verified_at=None)
    person = User.objects.get(pk=cohort.opened_by_id)
    assert not may_lead(person, cohort)
    assert not Cohort.objects.led_by(person).exists()


@pytest.mark.parametrize(
    ("begins", "ends", "state"),
    [
        (1, 9, CohortState.PLANNED),
        (0, 0, CohortState.OPEN),
        (-9, 0, CohortState.OPEN),
        (-9, -1, CohortState.ENDED),
        (-99, -90, CohortState.ENDED),
        (-99, -91, CohortState.ARCHIVED),
    ],
)
def test_states_follow_from_the_dates(begins: int, ends: int, state: CohortState) -> None:
    today = timezone.localdate()
    cohort = CohortFactory.create(start_date=today + timedelta(days=begins), end_date=today + timedelta(days=ends))
    assert cohort.state == state
    assert Cohort.objects.archived().exists() == (state == CohortState.ARCHIVED)
    assert Cohort.objects.archived(False).exists() != (state == CohortState.ARCHIVED)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_km": "", "title_en": ""},
        {"start_date": timezone.localdate(), "end_date": timezone.localdate() - timedelta(days=1)},
        {"most_members": 1, "member_count": 2},
    ],
)
def test_the_database_keeps_cohorts_sane(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortFactory.create(**wrong)


def test_a_title_in_one_language_is_enough(client: Client) -> None:
    cohort = CohortFactory.create(title_km="", title_en="June")
    assert (cohort.title, cohort.title_language) == ("June", "en")


# Facilitators


def test_a_second_facilitator(cohort: Cohort, learner: User) -> None:
    partner = make_facilitator(NgoFactory.create())
    assert add_facilitator(cohort, username=partner.username.upper()) == partner
    assert add_facilitator(cohort, username="nobody-here") is None
    with pytest.raises(NoFacilitatorError):
        add_facilitator(cohort, username=learner.username)
    assert set(cohort.facilitators.all()) == {cohort.opened_by, partner}
    assert remove_facilitator(cohort, cohort.opened_by)
    assert not remove_facilitator(cohort, partner)
    assert list(cohort.facilitators.all()) == [partner]


def test_a_minor_is_no_facilitator(cohort: Cohort) -> None:
    young: User = UserFactory.create(minor=True, is_superuser=True)
    with pytest.raises(NoFacilitatorError):
        add_facilitator(cohort, username=young.username)


def test_facilitators_come_and_go_on_the_desk(client: Client, cohort: Cohort, facilitator: User, learner: User) -> None:
    client.force_login(facilitator)
    address = reverse("cohort-facilitators", args=[cohort.public_id])
    partner = make_facilitator(NgoFactory.create())
    for username in (partner.username, learner.username, "nobody", ""):
        client.post(address, {"username": username})
    assert list(cohort.facilitators.order_by("pk")) == [facilitator, partner]
    client.post(address, {"remove": partner.username})
    client.post(address, {"remove": facilitator.username})
    assert list(cohort.facilitators.all()) == [facilitator]


# Opening


@pytest.fixture
def courses(indexes: dict[str, CourseIndexPage], ngo: Organisation) -> dict[str, CoursePage]:
    other = set_up_publisher(NgoFactory.create())["km"]
    return {
        "programme": make_course(indexes["km"]),
        "own": make_course(set_up_publisher(ngo)["km"]),
        "other": make_course(other),
        "draft": make_course(set_up_publisher(ngo)["km"], live=False),
    }


def test_a_cohort_is_opened_for_own_courses_and_the_programmes(
    courses: dict[str, CoursePage], facilitator: User, staff: User, learner: User, ngo: Organisation
) -> None:
    led = list_led_courses(facilitator)
    assert {key: each.organisation for key, each in led.items()} == {
        courses["own"].translation_key: ngo,
        courses["programme"].translation_key: ngo,
    }
    all_led = list_led_courses(staff)
    assert set(all_led) == {courses[name].translation_key for name in ("programme", "own", "other")}
    assert all_led[courses["programme"].translation_key].organisation is None
    assert list_led_courses(learner) == {}


def cohort_data(page: CoursePage, **fields: Any) -> dict[str, Any]:
    today = timezone.localdate()
    data = {
        "course": str(page.translation_key),
        "title_km": "ក្រុមថ្មី",
        "title_en": "",
        "start_date": today.isoformat(),
        "end_date": (today + timedelta(days=30)).isoformat(),
        "most_members": "12",
    }
    return {**data, **fields}


def test_opening_a_cohort(client: Client, courses: dict[str, CoursePage], facilitator: User, ngo: Organisation) -> None:
    client.force_login(facilitator)
    response = client.post(reverse("cohort-new"), cohort_data(courses["own"]))
    cohort = Cohort.objects.get()
    assert response.headers["Location"] == reverse("cohort-invite", args=[cohort.public_id])
    assert (cohort.course_key, cohort.organisation, cohort.most_members) == (courses["own"].translation_key, ngo, 12)
    assert list(cohort.facilitators.all()) == [facilitator]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title_km": " "}, "title_km"),
        ({"end_date": "2020-01-01", "start_date": "2019-01-01"}, "end_date"),
        ({"start_date": "2999-01-01"}, "end_date"),
        ({"most_members": "0"}, "most_members"),
        ({"commune": "999999"}, "commune"),
        ({"course": "5d1f0c52-3d7c-4c5c-a6a5-2b3e1a1b0f11"}, "course"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: Client, courses: dict[str, CoursePage], facilitator: User, fields: dict[str, Any], wrong: str
) -> None:
    client.force_login(facilitator)
    response = client.post(reverse("cohort-new"), cohort_data(courses["own"], **fields))
    assert (response.status_code, Cohort.objects.count()) == (200, 0)
    assert set(response.context["form"].errors) == {wrong}


def test_another_organisations_course_cannot_be_chosen(
    client: Client, courses: dict[str, CoursePage], facilitator: User
) -> None:
    client.force_login(facilitator)
    for name in ("other", "draft"):
        assert client.post(reverse("cohort-new"), cohort_data(courses[name])).status_code == 200
    assert not Cohort.objects.exists()


def test_a_cohort_is_changed_but_never_below_its_learners(client: Client, cohort: Cohort, facilitator: User) -> None:
    for _ in range(3):
        CohortMemberFactory.create(cohort=cohort)
    client.force_login(facilitator)
    address = reverse("cohort-edit", args=[cohort.public_id])
    data = {"title_km": "", "title_en": "Renamed", "start_date": "2026-01-01", "end_date": cohort.end_date.isoformat()}
    assert client.post(address, {**data, "most_members": "2"}).status_code == 200
    assert client.post(address, {**data, "most_members": "3"}).status_code == 302
    cohort.refresh_from_db()
    assert (cohort.title_km, cohort.title_en, cohort.most_members) == ("", "Renamed", 3)


def test_looking_for_a_commune_saves_nothing(client: Client, courses: dict[str, CoursePage], facilitator: User) -> None:
    client.force_login(facilitator)
    data = cohort_data(courses["own"], commune_q="Angk", commune_do="find")
    response = client.post(reverse("cohort-new"), data)
    assert (response.status_code, dict(response.context["form"].errors), Cohort.objects.count()) == (200, {}, 0)
