"""Truth tables: each predicate beside each of the cast."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.services import collect_export, delete_account
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.courses import SkillFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers import rules
from volunteers.enums import RequestStatus
from volunteers.models import Application, Placement, VolunteerRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(learner: User, clerk: User, editor: User, stranger: User) -> dict[str, Any]:
    staff = UserFactory.create()
    staff.groups.add(Group.objects.get_or_create(name="Programme staff")[0])
    return {
        "visitor": AnonymousUser(),
        "learner": learner,
        "clerk": clerk,
        "other clerk": MembershipFactory.create().user,
        "editor": editor,
        "stranger": stranger,
        "staff": staff,
        "minor": UserFactory.create(minor=True),
    }


def who(cast: dict[str, Any], predicate: Any, row: Any) -> set[str]:
    return {name for name, user in cast.items() if predicate(user, row)}


def test_predicates(cast: dict[str, Any], office: Organisation, learner: User) -> None:
    request = RequestFactory.create(office=office)
    application = ApplicationFactory.create(request=request, applicant=learner)
    accepted = ApplicationFactory.create(request=request, status="accepted")
    place = Placement.objects.create(application=accepted)
    assert who(cast, rules.is_of_office, request) == {"clerk"}
    assert who(cast, rules.is_applicant, application) == {"learner"}
    assert who(cast, rules.is_staff, request) == {"staff"}
    assert who(cast, rules.may_read_name, application) == set()
    assert who(cast, rules.may_read_name, accepted) == {"clerk"}
    Placement.objects.update(status="ended_early", updated_at=timezone.now() - timedelta(days=30))
    place.refresh_from_db()
    assert who(cast, rules.may_read_name, place.application) == {"clerk"}
    Placement.objects.update(updated_at=timezone.now() - timedelta(days=31))
    place.refresh_from_db()
    assert who(cast, rules.may_read_name, place.application) == set()
    Placement.objects.update(status="active", end_date=timezone.localdate() - timedelta(days=31))
    place.refresh_from_db()
    assert who(cast, rules.may_read_name, place.application) == set()
    assert who(cast, rules.may_apply, request) == {"learner", "other clerk", "editor", "stranger", "staff"}


@pytest.mark.parametrize("status", [*RequestStatus])
def test_who_sees_a_request(cast: dict[str, Any], office: Organisation, status: RequestStatus) -> None:
    RequestFactory.create(office=office, status=status)
    seen = {name for name, user in cast.items() if VolunteerRequest.objects.visible_to(user).exists()}
    hidden = status in ("draft", "submitted", "returned", "cancelled")
    assert seen == ({"clerk", "staff"} if hidden else set(cast))


def test_who_sees_an_application(cast: dict[str, Any], office: Organisation, learner: User) -> None:
    ApplicationFactory.create(request__office=office, applicant=learner)
    assert {name for name, user in cast.items() if Application.objects.visible_to(user).exists()} == {"learner"}
    assert {name for name, user in cast.items() if Application.objects.of_offices_of(user).exists()} == {"clerk"}


def test_staff_check_requests_in_the_admin(cast: dict[str, Any], client: Client) -> None:
    first, second = (RequestFactory.create(office__waiting=True, submitted=True) for _ in range(2))
    client.force_login(UserFactory.create(is_superuser=True, is_staff=True))
    page = client.get(reverse("requests-waiting"))
    assert page.context["page"].items == [first, second]
    assert "(\\u17e2)" in page.content.decode()  # two, in Khmer digits, inside the menu's JSON
    assert client.get(reverse("request-check", args=[first.public_id])).status_code == 200
    client.post(reverse("request-check", args=[first.public_id]), {"approve": "1"})
    client.post(
        reverse("request-check", args=[second.public_id]), {"send_back": "1", "reason": "fix_other", "note": ""}
    )
    second.refresh_from_db()
    assert second.status == RequestStatus.SUBMITTED
    client.post(
        reverse("request-check", args=[second.public_id]),
        {"send_back": "1", "reason": "fix_unclear", "note": "Which days?"},
    )
    for row in (first, second):
        row.refresh_from_db()
    assert (first.status, second.status) == (RequestStatus.OPEN, RequestStatus.RETURNED)
    assert second.transitions.get().note == "Which days?"
    client.force_login(cast["clerk"])
    assert client.get(reverse("requests-waiting")).status_code in (302, 403)


def test_the_export_and_the_leaving(learner: User) -> None:
    application = ApplicationFactory.create(applicant=learner, answers=["my words"])
    part = collect_export(learner)["parts"]["volunteers"]
    json.dumps(part)
    assert part["applications"][0]["answers"][0] == "my words"
    delete_account(learner)
    application.refresh_from_db()
    assert (application.status, application.answers) == ("withdrawn", [])


def test_the_api_lists_open_requests_with_filters(client: Client, office: Organisation) -> None:
    skill = SkillFactory.create()
    shown = RequestFactory.create(office=office, skills_needed=[skill])
    RequestFactory.create(office=office, draft=True)
    RequestFactory.create(is_remote=True, office__commune__code="010201")
    RequestFactory.create(office=office, expires_at=timezone.now() - timedelta(days=1))
    commune = office.commune
    assert commune is not None
    rows = client.get("/api/v1/requests/", {"place": commune.code, "time": "morning"}).json()["results"]
    assert [(row["id"], row["skills"], row["commune"]) for row in rows] == [
        (str(shown.public_id), [skill.code], commune.code)
    ]
    assert [row["is_remote"] for row in client.get("/api/v1/requests/", {"remote": "true"}).json()["results"]] == [True]
    one = client.get(f"/api/v1/requests/{shown.public_id}/").json()
    assert one == {**rows[0], "fit": one["fit"]}
    draft = VolunteerRequest.objects.get(status="draft")
    assert client.get(f"/api/v1/requests/{draft.public_id}/").status_code == 404
    assert "applications" not in one
