"""Answers, opinions and undo at the same moment: nobody is offered, counted or told twice."""

import uuid
from functools import partial

from tests.races import run_together, split_results
from tests.volunteers.race import CLIENTS, make_office


def race_to_pass_offers_on(rounds: int) -> None:
    """Two decline at once and two stand by: each of them gets one offer."""
    from tests.factories.accounts import MembershipFactory
    from tests.factories.volunteers import ApplicationFactory, RequestFactory
    from volunteers.services.applications import answer, decide

    clerk = MembershipFactory.create(organisation=make_office()).user
    office = clerk.memberships.get().organisation
    for _ in range(rounds):
        request = RequestFactory.create(office=office, seats=2)
        offered = [ApplicationFactory.create(request=request, offered=True) for _ in range(2)]
        line = [ApplicationFactory.create(request=request, status="shortlisted") for _ in range(2)]
        for row in line:
            decide(row, "stand_by", by=clerk, reason="over_unscored")
        declines = [partial(answer, row, "decline", by=row.applicant, reason="times") for row in offered]
        split_results(run_together(declines))
        for row in line:
            row.refresh_from_db()
            verbs = list(row.transitions.values_list("verb", flat=True))
            assert (row.status, verbs.count("promote")) == ("offered", 1), (row.status, verbs)


def race_to_give_an_opinion(rounds: int) -> None:
    """The same form on several phones, while the office answers too: one answer a side, counted once."""
    from tests.factories.accounts import MembershipFactory
    from tests.factories.serving import PlacementFactory
    from tests.factories.volunteers import RequestFactory
    from volunteers.models import Feedback
    from volunteers.services.after.feedback import Answers, ask_both, give_as_office, give_as_volunteer
    from volunteers.services.machine import NotReadyError

    office = make_office()
    clerk = MembershipFactory.create(organisation=office).user
    for _ in range(rounds):
        request = RequestFactory.create(office=office)
        ask = ask_both(PlacementFactory.create(application__request=request, completed=True))
        mine = partial(give_as_volunteer, ask, Answers((4, 4, 4)), by=ask.placement.application.applicant)
        theirs = partial(give_as_office, ask, Answers((5, 5, 5)), levels={}, by=clerk)
        split_results(run_together([mine, mine, theirs, theirs]), NotReadyError)
        assert sorted(Feedback.objects.filter(ask=ask).values_list("side", flat=True)) == ["office", "volunteer"]
        ask.refresh_from_db()
        assert ask.opened_at is not None


def race_to_check_in(rounds: int) -> None:
    """A phone sends again what it sent: one arrival, one claim of hours."""
    from django.utils import timezone

    from tests.factories.accounts import UserFactory
    from tests.factories.attendance import make_placement, make_signup
    from volunteers.models import HoursEntry
    from volunteers.services.serving.check_in import check_in
    from volunteers.services.serving.codes import code_at

    office = make_office()
    for _ in range(rounds):
        signup = make_signup(make_placement(UserFactory.create(), office))
        code = code_at(signup.shift, timezone.now())
        send = partial(check_in, signup.person, code, client_id=uuid.uuid4())
        done, refused = split_results(run_together([send] * CLIENTS))
        assert ({row.pk for row in done}, refused) == ({signup.pk}, [])
        assert (HoursEntry.objects.filter(signup=signup).count(), signup.transitions.count()) == (1, 1)


def race_to_take_back(rounds: int) -> None:
    """Undo as the two minutes end, while two clocks look: taken back and never told, or told once and it stays."""
    from datetime import timedelta

    from django.utils import timezone

    from tests.factories.accounts import MembershipFactory
    from tests.factories.volunteers import ApplicationFactory, RequestFactory
    from volunteers.models import Application, Transition
    from volunteers.services.announcing import announce
    from volunteers.services.applications import decide
    from volunteers.services.choosing.undo import take_back
    from volunteers.services.machine import NotReadyError, WrongStateError

    office = make_office()
    clerk = MembershipFactory.create(organisation=office).user
    for number in range(rounds):
        request = RequestFactory.create(office=office)
        row = decide(
            ApplicationFactory.create(request=request, status="shortlisted"), "offer", by=clerk, reason="over_unscored"
        )
        ends = timezone.now() + timedelta(milliseconds=number % 20)
        Application.objects.filter(pk=row.pk).update(held_until=ends)
        line = row.transitions.get(verb="offer")
        Transition.objects.filter(pk=line.pk).update(held_until=ends)
        looks = [partial(announce, line.pk)] * 2
        split_results(run_together([partial(take_back, row, by=clerk), *looks]), WrongStateError, NotReadyError)
        row.refresh_from_db()
        announce(line.pk)
        told = row.applicant.notifications.filter(kind__contains="offer").count()
        assert (row.status, told) in {("shortlisted", 0), ("offered", 0), ("offered", 1)}, (row.status, told)


def race_to_amend(rounds: int) -> None:
    """The office changes an open request while people apply: all are counted, and who was there before is told."""
    from tests.factories.accounts import MembershipFactory, UserFactory
    from tests.factories.volunteers import ApplicationFactory, RequestFactory
    from volunteers.models import RequestListing, VolunteerRequest
    from volunteers.services.amending import amend_request
    from volunteers.services.applications import send_application

    office = make_office()
    clerk = MembershipFactory.create(organisation=office).user
    for _ in range(rounds):
        request = RequestFactory.create(office=office)
        ApplicationFactory.create(request=request)
        edited = VolunteerRequest.objects.get(pk=request.pk)
        edited.weekly_hours = 9
        amend = partial(amend_request, edited, by=clerk, skills=[], course_keys=[])
        send = [
            partial(send_application, request, by=person, answers=("a", "b"), times=[])
            for person in UserFactory.create_batch(CLIENTS)
        ]
        split_results(run_together([amend, *send]))
        stored = VolunteerRequest.objects.get(pk=request.pk)
        assert (stored.weekly_hours, stored.applications.count()) == (9, 1 + CLIENTS)
        assert stored.changes.values("edit_id").distinct().count() == 1
        assert RequestListing.objects.get(pk=request.pk).received == CLIENTS


RACES = (race_to_pass_offers_on, race_to_give_an_opinion, race_to_check_in, race_to_take_back, race_to_amend)


def race(rounds: int) -> None:
    """All of them, one after the other."""
    for run in RACES:
        run(rounds)
