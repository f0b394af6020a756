"""A whole round through its services, from the plan to the accepted offer and the second round."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from home.services.clocks import keep_clocks
from notifications.models import Notification
from tests.factories.accounts import MembershipFactory, OfficeFactory, UserFactory
from tests.factories.rounds import RoundFactory, after, choose, make_places, score_all
from tests.factories.volunteers import RequestFactory
from volunteers.enums import ApplicationStatus, RoundStatus, SecondMode
from volunteers.models import Application, Round, RoundChoice, RoundOutcome, VolunteerRequest
from volunteers.services.applications import answer, decide, send_application
from volunteers.services.machine import NotReadyError
from volunteers.services.rounds.confirming import confirm
from volunteers.services.rounds.lists import find_entry, save_order
from volunteers.services.rounds.planning import add_requests, change_round, enter_seed, list_candidates
from volunteers.services.rounds.running import record_run
from volunteers.services.scoring import ensure_criteria, save_scores

UNTIL_DRAWN = ("choices_close_at", "scoring_closes_at", "draw_at")
pytestmark = pytest.mark.django_db


def apply(request: VolunteerRequest, person: User) -> Application:
    return send_application(request, by=person, answers=("a", "b"), times=[])


def score(application: Application, points: int, by: User) -> None:
    criteria = ensure_criteria(application.request)
    save_scores(application, {row.pk: points for row in criteria}, by=by)


def pass_days(row: Round, *names: str) -> Round:
    """These days of the calendar are over now."""
    Round.objects.filter(pk=row.pk).update(
        opens_at=after(days=-9), **{name: after(minutes=number - 9) for number, name in enumerate(names)}
    )
    row.refresh_from_db()
    return row


def find_statuses(person: User) -> list[str]:
    return list(Application.objects.of(person).order_by("pk").values_list("status", flat=True))


def test_from_the_plan_to_a_second_round(
    office: Organisation,
    clerk: User,
    officer: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def do(work: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return work()

    rival = MembershipFactory.create(organisation=OfficeFactory.create()).user
    here = RequestFactory.create(office=office, seats=1, expires_at=after(days=8))
    there = RequestFactory.create(office=rival.memberships.get().organisation, seats=1)
    row = RoundFactory.create(planned=True, second_mode=SecondMode.LARGER)
    assert set(list_candidates(row)) == {here, there}
    assert add_requests(row, [here, there], by=officer) == 2
    row = do(lambda: change_round(row, "open", by=officer))
    here.refresh_from_db()
    assert (row.takes_choices, here.expires_at) == (True, row.second_closes_at)

    one, two, three = (UserFactory.create() for _ in range(3))
    first = {person: apply(here, person) for person in (one, two, three)}
    second = {person: apply(there, person) for person in (one, two)}
    listed = find_entry(row, two)
    assert listed is not None
    assert [choice.application for choice in listed.choices.all()] == [first[two], second[two]]
    save_order(row, {listed.choices.all()[1].round_request.public_id: 1}, by=two)
    listed = find_entry(row, two)
    assert listed is not None
    assert [choice.application for choice in listed.choices.all()] == [second[two], first[two]]

    row = pass_days(row, "choices_close_at")
    do(keep_clocks)
    row.refresh_from_db()
    assert row.status == RoundStatus.SCORING
    for person, points in ((one, 5), (two, 5), (three, 3)):
        score(first[person], points, clerk)
    for person in (one, two):
        score(second[person], 4, rival)
    row = change_round(row, "all_scored", by=officer)
    trial = record_run(row, by=officer)
    assert (trial.is_trial, trial.figures["placed"]) == (True, 2)
    row = enter_seed(pass_days(row, *UNTIL_DRAWN), "634 217", by=officer, note="State lottery, first prize of today")
    kept = record_run(row, by=officer)
    assert kept.changes == {"since": 1, "seed": True}
    assert confirm(kept, by=officer, note="Looked at every alarm.").confirmed_by == officer
    assert find_statuses(one) == ["submitted", "submitted"]

    row = do(lambda: change_round(Round.objects.get(pk=row.pk), "send_offers", by=officer))
    assert find_statuses(one) == [ApplicationStatus.OFFERED, ApplicationStatus.NOT_PLACED]
    assert find_statuses(two) == [ApplicationStatus.NOT_PLACED, ApplicationStatus.OFFERED]
    assert find_statuses(three) == [ApplicationStatus.SUBMITTED]
    third = RoundOutcome.objects.get(entry__person=three, choice=None)
    assert [(why["answer"], why["band"], why["line"]["band"]) for why in third.reasons] == [("band", 2, 1)]
    told = Notification.objects.filter(kind="volunteers.round_outcome").values_list("recipient__username", flat=True)
    assert sorted(told) == sorted(person.username for person in (one, two, three))

    do(lambda: answer(first[one], "decline", by=one, reason="times"))
    answer(second[two], "accept", by=two)
    row = do(lambda: change_round(row, "go_second", by=officer))
    again = record_run(row, by=officer)
    assert (again.option, again.figures["people"], again.figures["placed"]) == ("larger", 1, 1)
    do(lambda: confirm(again, by=officer, note="The place that became free."))
    assert find_statuses(three) == [ApplicationStatus.OFFERED]
    answer(first[three], "accept", by=three)
    row = change_round(row, "finish", by=officer)
    assert (row.status, row.requests.filter(is_active=True).count()) == (RoundStatus.FINISHED, 0)
    assert timezone.now() - timedelta(minutes=5) < row.seed_entered_at
    here.refresh_from_db()
    assert (here.status, here.seats_filled) == ("filled", 1)


def test_an_open_second_round_gives_the_choice_back(
    clerk: User,
    office: Organisation,
    officer: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    row = RoundFactory.create(ready=True, second_mode=SecondMode.CHOICE)
    (place,) = make_places(row, 1, request__office=office)
    entries = [choose([place]) for _ in range(2)]
    score_all(row, 4, clerk)
    enter_seed(row, "7", by=officer, note="State lottery")
    kept = confirm(record_run(row, by=officer), by=officer, note="checked")
    with django_capture_on_commit_callbacks(execute=True):
        change_round(row, "send_offers", by=officer)
    won = RoundOutcome.objects.get(run=kept, choice__isnull=False)
    application = Application.objects.get(round_choice=won.choice)
    with pytest.raises(NotReadyError):
        change_round(row, "go_second", by=officer)
    answer(application, "decline", by=application.applicant, reason="times")
    with django_capture_on_commit_callbacks(execute=True):
        row = change_round(row, "go_second", by=officer)
    with pytest.raises(NotReadyError):
        record_run(row, by=officer)
    other = next(entry for entry in entries if entry.pk != won.entry_id)
    waiting = other.choices.get().application
    assert waiting.status == ApplicationStatus.SUBMITTED
    decide(waiting, "shortlist", by=clerk)
    decide(waiting, "offer", by=clerk)
    assert answer(waiting, "accept", by=other.person).status == ApplicationStatus.ACCEPTED
    late = apply(RequestFactory.create(office=office), UserFactory.create())
    assert (late.status, RoundChoice.objects.filter(application=late).exists()) == ("submitted", False)
    assert change_round(row, "finish", by=officer).status == RoundStatus.FINISHED
