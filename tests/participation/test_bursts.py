"""Answers that came in a burst: set aside, looked at by the programme and never by the office, told either way."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.rules import STAFF
from notifications.models import Notification
from participation.models import BurstCheck, Survey, SurveyAnswer
from participation.services.indicators.standing import renew_indicators
from participation.services.surveys.answering import floor_to_window
from participation.services.surveys.asking import tally
from participation.services.surveys.checking import ask_for_check, decide_check, list_waiting
from participation.services.surveys.sifting import sift
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.surveys import SurveyAnswerFactory, SurveyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(office: Organisation) -> Survey:
    """Thirty answers of one meeting, ten more than were said."""
    survey = SurveyFactory.create(office=office)
    burst(survey, 30)
    sift(survey)
    return survey


@pytest.fixture
def staff() -> User:
    user = UserFactory.create(username="staff")
    user.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    return user


def burst(survey: Survey, count: int, *, days: int = 1) -> None:
    moment = floor_to_window(timezone.now() - timedelta(days=days))
    for _person in range(count):
        SurveyAnswerFactory.create(survey=survey, received_at=moment)


def told(kind: str) -> list[str]:
    return [row.recipient.username for row in Notification.objects.filter(kind=f"participation.{kind}").order_by("pk")]


def test_what_the_programme_checked_counts_and_is_said(
    survey: Survey, clerk: User, staff: User, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    lead = f"/en/surveys/{survey.code}/"
    client.force_login(clerk)
    assert "Were they really people?" in client.get(lead).text
    for _tap in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"{lead}check/", {"reason": "Our meeting on Friday."})
    check = BurstCheck.objects.get()
    assert (check.answers, len(check.windows), told("burst_asked")) == (30, 1, ["staff"])
    assert client.post(f"{lead}check/decide/", {"is_counted": "yes", "reason": "x"}).status_code == 403
    desk = Client()
    desk.force_login(staff)
    assert "Do these answers count?" in desk.get("/en/surveys/").text
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"{lead}check/decide/", {"is_counted": "yes", "reason": "The list of chairs says 34."})
    desk.post(f"{lead}check/decide/", {"is_counted": "no", "reason": "Once more."})
    assert (sift(survey), SurveyAnswer.objects.told().count(), told("burst_counted")) == (30, 30, ["clerk"])
    renew_indicators(timezone.localdate())
    page = Client().get(f"/en/communes/{survey.commune.code}/participation/").text  # type: ignore[union-attr]
    assert "30 that came in a burst count after a check." in page
    assert "The list of chairs says 34." in client.get(lead).text


def test_what_stays_out_stays_out_and_a_new_burst_is_a_new_question(survey: Survey, clerk: User, staff: User) -> None:
    check = ask_for_check(survey, reason="People.", by=clerk)
    decide_check(check, is_counted=False, reason="Nobody was there.", by=staff)
    assert (sift(survey), tally(survey.answers.all()).open_burst, list_waiting(staff)) == (0, 0, [])
    burst(survey, 25, days=2)
    sift(survey)
    assert tally(survey.answers.all()).open_burst == 25
    again = ask_for_check(survey, reason="A school.", by=clerk)
    burst(survey, 22, days=3)
    sift(survey)  # after it was asked: not part of it
    decide_check(again, is_counted=True, reason="Seen.", by=staff)
    found = tally(survey.answers.all())
    assert (again.answers, found.checked, found.open_burst) == (25, 25, 22)


def test_nobody_decides_on_their_own_figures(survey: Survey, clerk: User, staff: User, office: Organisation) -> None:
    check = ask_for_check(survey, reason="People.", by=clerk)
    MembershipFactory.create(organisation=office, user=staff)
    staff = User.objects.get(pk=staff.pk)
    own = SurveyFactory.create(of_programme=True, created_by=UserFactory.create(is_superuser=True))
    burst(own, 30)
    sift(own)
    for each, person in (
        (check, clerk),
        (check, staff),
        (ask_for_check(own, reason="A fair.", by=own.created_by), own.created_by),
    ):
        with pytest.raises(PermissionDenied):
            decide_check(each, is_counted=True, reason="x", by=person)
    assert list_waiting(staff) == [BurstCheck.objects.get(survey=own)]
    with pytest.raises(PermissionDenied):
        ask_for_check(survey, reason="x", by=UserFactory.create())


def test_nothing_is_asked_where_nothing_is_set_aside(office: Organisation, clerk: User, client: Client) -> None:
    survey = SurveyFactory.create(office=office)
    client.force_login(clerk)
    assert (
        "No answers of this survey are set aside."
        in client.post(f"/en/surveys/{survey.code}/check/", {"reason": "x"}, follow=True).text
    )
