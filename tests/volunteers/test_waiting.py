"""Nobody waits without a clock: on a filled request, on a shortlist, after the last day of the work."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.rules import STAFF
from home.services.clocks import keep_clocks
from tests.factories.accounts import UserFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Application, VolunteerRequest
from volunteers.services.applications import answer
from volunteers.services.clocks import answer_those_too_late, remind_offices
from volunteers.services.finding.records import read_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(office: Organisation) -> VolunteerRequest:
    return RequestFactory.create(office=office, seats=1)


def days_ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def age(row: Application, days: int) -> None:
    Application.objects.filter(pk=row.pk).update(updated_at=days_ago(days), sent_at=days_ago(days))


def kinds_of(person: User) -> list[str]:
    return [note.kind.removeprefix("volunteers.") for note in person.notifications.order_by("pk")]


def test_who_waits_on_a_filled_request_hears_it_and_the_office_is_reminded(
    client: Client,
    item: VolunteerRequest,
    clerk: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first, other = ApplicationFactory.create(request=item, offered=True), ApplicationFactory.create(request=item)
    with django_capture_on_commit_callbacks(execute=True):
        answer(first, "accept", by=first.applicant)
    assert kinds_of(other.applicant) == ["request_full"]
    client.force_login(other.applicant)
    with translation.override("en"):
        assert client.get(other.get_absolute_url()).context["next"].startswith("All places are taken for now.")
    age(other, 3)
    assert remind_offices() == 1
    assert "waiting_3_days" in kinds_of(clerk)


def test_a_shortlist_is_no_last_answer(item: VolunteerRequest, clerk: User) -> None:
    row = ApplicationFactory.create(request=item, status="shortlisted")
    officer = UserFactory.create()
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    standby = ApplicationFactory.create(request=item, status="shortlisted", standby_rank=1)
    told = []
    for days in (13, 14, 15, 28, 29):
        age(row, days)
        age(standby, days)
        told.append(remind_offices())
    assert (told, kinds_of(clerk), kinds_of(officer)) == ([0, 1, 0, 1, 0], ["undecided"], ["undecided_long"])


def test_whom_a_shortlist_forgot_counts_as_unanswered(item: VolunteerRequest, clerk: User) -> None:
    row = ApplicationFactory.create(request=item, status="shortlisted")
    row.transitions.create(verb="shortlist", source="submitted", target="shortlisted", by=clerk)
    age(row, 60)
    row.transitions.update(at=days_ago(20))
    assert [wait.is_answered for wait in read_waits(timezone.now())[item.office_id]] == [True]
    row.transitions.update(at=days_ago(59))
    assert [wait.is_answered for wait in read_waits(timezone.now())[item.office_id]] == [False]


def test_nobody_waits_after_the_last_day(
    item: VolunteerRequest, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    rows = [ApplicationFactory.create(request=item, status=status) for status in ("submitted", "shortlisted")]
    assert answer_those_too_late() == 0
    VolunteerRequest.objects.filter(pk=item.pk).update(
        start_date=timezone.localdate() - timedelta(days=9), end_date=timezone.localdate() - timedelta(days=1)
    )
    with django_capture_on_commit_callbacks(execute=True):
        keep_clocks()
    for row in rows:
        row.refresh_from_db()
        assert (row.status, row.transitions.get().reason, "not_placed" in kinds_of(row.applicant)) == (
            "not_placed",
            "work_over",
            True,
        )


def test_the_closing_date_is_told_to_whoever_waits(
    item: VolunteerRequest, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    row = ApplicationFactory.create(request=item, applicant=UserFactory.create())
    VolunteerRequest.objects.filter(pk=item.pk).update(expires_at=days_ago(1))
    with django_capture_on_commit_callbacks(execute=True):
        keep_clocks()
    assert kinds_of(row.applicant) == ["closed_to_new"]
