"""Hours at the same moment: one claim from two phones, one day filled twice, two clerks with one list."""

import uuid
from functools import partial

from tests.races import run_together
from tests.volunteers.race import CLIENTS, make_office


def race_to_claim_once(rounds: int) -> None:
    """The same form, sent by several connections at once: one row, and everybody is answered with it."""
    from tests.factories.accounts import UserFactory
    from tests.factories.attendance import days_ago, make_placement
    from volunteers.models import HoursEntry
    from volunteers.services.serving.hours import claim_hours

    office = make_office()
    for _ in range(rounds):
        placement, key = make_placement(UserFactory.create(), office), uuid.uuid4()
        person = placement.application.applicant
        send = partial(claim_hours, placement, by=person, day=days_ago(1), minutes=60, client_id=key)
        results = run_together([send] * CLIENTS)
        assert {getattr(result, "client_id", result) for result in results} == {key}
        assert HoursEntry.objects.filter(placement=placement).count() == 1


def race_to_fill_the_day(rounds: int) -> None:
    """Claims of 5 hours, one more than 12 hours hold: never more than 12 hours a day."""
    from tests.factories.accounts import UserFactory
    from tests.factories.attendance import days_ago, make_placement
    from volunteers.models import HoursEntry
    from volunteers.services.machine import NotReadyError
    from volunteers.services.serving.hours import claim_hours

    office = make_office()
    for _ in range(rounds):
        placement = make_placement(UserFactory.create(), office)
        person = placement.application.applicant
        jobs = [partial(claim_hours, placement, by=person, day=days_ago(1), minutes=300) for _ in range(CLIENTS)]
        results = run_together(jobs)
        assert [type(result) for result in results].count(NotReadyError) == CLIENTS - 2
        assert HoursEntry.objects.filter(placement=placement).count() == 2


def race_to_confirm(rounds: int) -> None:
    """Two clerks press the same button: each entry is confirmed once, with one line in the log."""
    from tests.factories.accounts import MembershipFactory, UserFactory
    from tests.factories.attendance import days_ago, make_hours, make_placement
    from volunteers.models import HoursEntry, Transition
    from volunteers.services.serving.hours import confirm_hours

    office = make_office()
    for _ in range(rounds):
        placement = make_placement(UserFactory.create(), office)
        clerks = [MembershipFactory.create(organisation=office).user for _ in range(2)]
        entries = [make_hours(placement, days_ago(day)).pk for day in (1, 2, 3)]
        lists = [list(HoursEntry.objects.with_work().filter(pk__in=entries)) for _ in clerks]
        results = run_together(
            [partial(confirm_hours, rows, by=clerk) for rows, clerk in zip(lists, clerks, strict=True)]
        )
        assert sum(len(result.entries) for result in results) == 3
        assert sum(result.others for result in results) == 3
        assert Transition.objects.filter(hours__in=entries, verb="confirm").count() == 3


def race_to_correct(rounds: int) -> None:
    """One clerk confirms while another writes another number: one of them holds, whoever was second is refused."""
    from tests.factories.accounts import MembershipFactory, UserFactory
    from tests.factories.attendance import days_ago, make_hours, make_placement
    from volunteers.models import HoursEntry
    from volunteers.services.machine import WrongStateError
    from volunteers.services.serving.hours import confirm_hours, correct_hours

    office = make_office()
    clerks = [MembershipFactory.create(organisation=office).user for _ in range(2)]
    for _ in range(rounds):
        made = make_hours(make_placement(UserFactory.create(), office), days_ago(1))
        entry = HoursEntry.objects.with_work().get(pk=made.pk)
        confirm = partial(confirm_hours, [HoursEntry.objects.with_work().get(pk=made.pk)], by=clerks[0])
        correct = partial(correct_hours, entry, by=clerks[1], minutes=60, note="Left early.")
        confirmed, corrected = run_together([confirm, correct])
        entry = HoursEntry.objects.get(pk=made.pk)
        if confirmed.entries:
            assert isinstance(corrected, WrongStateError)
            assert (entry.status, entry.office_minutes) == ("confirmed", None)
        else:
            assert (entry.status, entry.office_minutes) == ("disputed", 60)
        assert entry.transitions.filter(verb__in=("confirm", "dispute")).count() == 1


RACES = (race_to_claim_once, race_to_fill_the_day, race_to_confirm, race_to_correct)


def race(rounds: int) -> None:
    """All of them, one after the other."""
    for run in RACES:
        run(rounds)
