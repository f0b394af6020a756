"""Sheets of points: whole or not at all, one for each reviewer, by people of the office alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import Organisation, User
from tests.factories.accounts import MembershipFactory
from tests.factories.volunteers import ApplicationFactory, RequestFactory
from volunteers.models import Application, Criterion, Score
from volunteers.services.machine import NotReadyError
from volunteers.services.scoring import Total, add_up, change_criteria, ensure_criteria, list_own, save_scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(office: Organisation) -> Application:
    return ApplicationFactory.create(request=RequestFactory.create(office=office))


def fill(application: Application, *points: int) -> dict[int, int]:
    criteria = ensure_criteria(application.request)
    return dict(zip((row.pk for row in criteria), points, strict=True))


def own_rows(count: int) -> list[dict[str, object]]:
    words = {f"{word}_km": f"{word} ១" for word in ("name", "low", "middle", "high")}
    return [{**words, "weight": min(place, 3)} for place in range(1, count + 1)]


def test_the_usual_criteria_are_written_once_and_speak_both_languages(application: Application) -> None:
    first = ensure_criteria(application.request)
    assert [row.pk for row in ensure_criteria(application.request)] == [row.pk for row in first]
    assert [row.position for row in first] == [1, 2, 3, 4]
    assert first[1].name == "ពេលទំនេរ"
    with translation.override("en"):
        assert first[1].anchors == [
            (1, "The free times do not fit the work"),
            (3, "They fit in part"),
            (5, "They fit fully"),
        ]


def test_the_average_is_over_weights_and_reviewers(application: Application, clerk: User, office: Organisation) -> None:
    change_criteria(application.request, own_rows(3), by=clerk)
    colleague = MembershipFactory.create(organisation=office).user
    save_scores(application, fill(application, 5, 4, 3), by=clerk)
    save_scores(application, fill(application, 1, 2, 3), by=colleague)
    scores = Score.objects.filter(application=application)
    assert add_up(scores) == {application.pk: Total((5 + 8 + 9 + 1 + 4 + 9) * 100 // 12, 2)}
    save_scores(application, fill(application, 5, 5, 5), by=colleague)
    assert (scores.count(), list(list_own([application], by=colleague)[application.pk].values())) == (6, [5, 5, 5])


def test_a_sheet_has_no_gaps_and_stays_within_1_to_5(application: Application, clerk: User) -> None:
    for points in ((5, 5, 5, 6), (5, 0, 5, 5)):
        with pytest.raises(NotReadyError):
            save_scores(application, fill(application, *points), by=clerk)
    with pytest.raises(NotReadyError):
        save_scores(application, {}, by=clerk)
    assert Score.objects.count() == 0
    row = ensure_criteria(application.request)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(application=application, criterion=row, by=clerk, points=6)


def test_only_the_office_scores_and_only_before_it_decided(application: Application, clerk: User) -> None:
    rival = MembershipFactory.create().user
    for person in (rival, application.applicant):
        with pytest.raises(PermissionDenied):
            save_scores(application, fill(application, 5, 5, 5, 5), by=person)
    Application.objects.update(status="not_placed")
    with pytest.raises(NotReadyError):
        save_scores(application, fill(application, 5, 5, 5, 5), by=clerk)


def test_the_criteria_stay_from_the_first_score_on(application: Application, clerk: User) -> None:
    with pytest.raises(PermissionDenied):
        change_criteria(application.request, own_rows(3), by=application.applicant)
    for count in (2, 6):
        with pytest.raises(NotReadyError):
            change_criteria(application.request, own_rows(count), by=clerk)
    change_criteria(application.request, own_rows(5), by=clerk)
    save_scores(application, fill(application, 1, 2, 3, 4, 5), by=clerk)
    with pytest.raises(NotReadyError):
        change_criteria(application.request, own_rows(4), by=clerk)
    assert Criterion.objects.count() == 5
