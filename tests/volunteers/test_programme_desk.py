"""What waits for the programme's staff stands on their page, and in the editors' menu, with its number."""

import uuid

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.rules import STAFF
from tests.factories.accounts import UserFactory
from tests.factories.attendance import make_hours, make_placement, make_signup
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Alert, Concern, Message, MessageReport
from volunteers.services.programme_desk import StaffNumbers, count_for_staff

pytestmark = pytest.mark.django_db
DESKS = ("concerns", "requests-waiting", "disputes", "messages-waiting", "alerts", "rounds", "ledger", "feedback-words")


@pytest.fixture
def officer(db: None) -> User:
    officer = UserFactory.create(username="officer")
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return officer


def write(office: Organisation, **columns: object) -> Message:
    row = ApplicationFactory.create(request=RequestFactory.create(office=office))
    values = {"application": row, "author": row.applicant, "is_from_office": False, "text": "Yes.", **columns}
    return Message.objects.create(client_id=uuid.uuid4(), **values)


def test_each_kind_is_counted_while_it_waits(office: Organisation, learner: User, officer: User) -> None:
    assert count_for_staff(officer) == StaffNumbers(concerns=0, requests=0, disputes=0, messages=0, alerts=0)
    placement = make_placement(learner, office)
    Concern.objects.create(placement=placement, side="office", raised_by=learner, words="x", found="active")
    RequestFactory.create(office__waiting=True, submitted=True)
    make_hours(placement, status="disputed", office_minutes=60, escalated_at=timezone.now())
    make_signup(placement, status="no_show", appeal="staff")
    make_signup(placement, status="no_show", appeal="office")  # not yet the programme's
    write(office, needs_moderator=True)
    reported = write(office)
    report = MessageReport.objects.create(message=reported, by=learner, reason="other")
    write(office)
    Alert.objects.create(kind="silent", place=office.commune.code)  # type: ignore[union-attr]
    assert count_for_staff(officer) == StaffNumbers(concerns=1, requests=1, disputes=2, messages=2, alerts=1)
    report.closed_at = timezone.now()
    report.save()
    assert count_for_staff(officer).messages == 1


def test_the_programme_page_leads_to_every_desk(client: Client, officer: User) -> None:
    client.force_login(officer)
    page = client.get(reverse("programme")).content.decode()
    for name in DESKS:
        assert f'href="{reverse(name)}"' in page
        assert client.get(reverse(name)).status_code == 200
    assert f'href="{reverse("left-out")}"' in page
    assert f'href="{reverse("programme")}"' in client.get(reverse("me")).content.decode()


def test_a_moderator_finds_the_messages(client: Client, moderator: User, learner: User) -> None:
    for person, is_shown in ((moderator, True), (learner, False)):
        client.force_login(person)
        page = client.get(reverse("me")).content.decode()
        assert (f'href="{reverse("messages-waiting")}"' in page) is is_shown
