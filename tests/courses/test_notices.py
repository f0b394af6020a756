"""Whoever handed work in hears of the decision, whoever is nudged hears of it; once."""

import uuid

import pytest
from django.utils import translation
from pytest_django import DjangoCaptureOnCommitCallbacks

from courses.enums import NudgeSentence, SubmissionStatus
from courses.services.notices import tell_decided
from courses.services.nudges import send_nudges
from courses.services.reviews import review
from notifications.services.kinds import put_into_words
from tests.factories.accounts import UserFactory
from tests.factories.cohorts import CohortFactory, CohortMemberFactory
from tests.factories.tasks import SubmissionFactory, answer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (SubmissionStatus.ACCEPTED, "Your work is accepted: លិខិត"),
        (SubmissionStatus.RETURNED, "Your work came back: លិខិត"),
    ],
)
def test_a_decision_reaches_the_learner_once(
    decision: SubmissionStatus, said: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    work, by = SubmissionFactory.create(), UserFactory.create(is_superuser=True)
    with django_capture_on_commit_callbacks(execute=True):
        review(work, by=by, decision=decision, results=answer(work), comment="ល្អ", client_id=uuid.uuid4())
    tell_decided.call(work.pk)
    (row,) = work.user.notifications.all()
    with translation.override("en"):
        assert put_into_words(row.kind, row.data).title == said
    assert row.url == f"/learn/tasks/{work.lesson_key}/"


def test_a_nudge_rings_the_bell_without_its_words(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    cohort = CohortFactory.create()
    member, other = CohortMemberFactory.create_batch(2, cohort=cohort)
    with django_capture_on_commit_callbacks(execute=True):
        send_nudges(
            cohort, by=cohort.opened_by, sentence=NudgeSentence.HELP, members=[member.pk], text="Call me at noon"
        )
    (row,) = member.user.notifications.all()
    assert (row.kind, row.url) == ("courses.nudged", f"/cohorts/{cohort.public_id}/")
    assert "noon" not in f"{row.data}"
    assert other.user.notifications.count() == 0
