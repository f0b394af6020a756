"""What happens in a round stands in the round's chains."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.rules import STAFF
from tests.factories.accounts import UserFactory
from tests.factories.rounds import RoundFactory, RoundRequestFactory, make_places, score_all
from tests.factories.rounds import choose as choose_places
from tests.factories.volunteers import ApplicationFactory
from tests.volunteers.ledger.days import apply
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import ByHandReason, OverrideKind, RoundStatus
from volunteers.enums import LedgerKind as K
from volunteers.models import Application, Round, RoundChoice, RoundEntry, RoundRun, Transition
from volunteers.services.export import describe_volunteering
from volunteers.services.ledger import auditing
from volunteers.services.ledger.daily import write_due
from volunteers.services.ledger.reading import name_period
from volunteers.services.rounds.confirming import confirm, override
from volunteers.services.rounds.lists import shift_choice, strike_choice
from volunteers.services.rounds.planning import enter_seed
from volunteers.services.rounds.running import record_run

pytestmark = pytest.mark.django_db


def choose(row: Round, office: Organisation, *, to: str) -> None:
    application = apply(office, days=3, to=to)
    place = RoundRequestFactory.create(round=row, request=application.request, is_active=False)
    entry = RoundEntry.objects.create(round=row, person=application.applicant)
    RoundChoice.objects.create(entry=entry, round_request=place, rank=1, application=application)


def test_a_round_has_its_chain_and_is_summed_up_when_it_is_over(office: Organisation) -> None:
    names = ("opens_at", "choices_close_at", "scoring_closes_at", "draw_at", "confirm_by", "second_closes_at")
    calendar = {name: timezone.now() - timedelta(days=8 - step) for step, name in enumerate(names)}
    row: Round = RoundFactory.create(status=RoundStatus.FINISHED, **calendar)
    for number in range(6):
        choose(row, office, to=A.OFFERED if number < 2 else A.NOT_PLACED)
    apply(office, days=3)
    write_due()
    chain = office.ledger_chains.get(period=f"round-{row.public_id}")
    kinds = list(chain.entries.order_by("number").values_list("kind", flat=True))
    assert kinds.count(K.CHOSEN) == 1
    assert K.ENDED not in kinds
    summary = json.loads(chain.entries.get(kind=K.CHOSEN).body)
    assert summary["all"][0] == 6
    assert name_period(chain.period) == row.name
    assert office.ledger_chains.count() == 2  # the month's own has the seventh
    assert list(auditing.audit()) == []


def test_a_decision_by_hand_stands_in_the_chain_of_the_office(office: Organisation, clerk: User) -> None:
    officer = UserFactory.create()
    officer.groups.add(Group.objects.get_or_create(name=STAFF)[0])
    row = RoundFactory.create(ready=True)
    (place,) = make_places(row, 1, request__office=office)
    entries = [choose_places([place]) for _ in range(2)]
    score_all(row, 4, clerk)
    enter_seed(row, "1", by=officer, note="lottery")
    kept = record_run(row, by=officer)
    placed = {person: at for person, at, _ in json.loads(kept.outcome_text)["placements"]}
    winner = next(entry for entry in entries if placed[str(entry.public_id)])
    code = winner.choices.get().application.code_number
    said = {"reason": ByHandReason.CONFLICT, "note": "The chief's son", "by": officer}
    override(kept, place, code, OverrideKind.WITHHOLD, **said)
    confirm(kept, by=officer, note="checked")
    yesterday = timezone.now() - timedelta(days=1)
    RoundRun.objects.filter(pk=kept.pk).update(confirmed_at=yesterday)
    apply(office, days=2)
    write_due()
    chain = office.ledger_chains.get(period=f"round-{row.public_id}")
    line = chain.entries.get(kind=K.OVERRIDE)
    assert json.loads(line.body)["count"] == 1
    assert json.loads(line.body)["reasons"] == {ByHandReason.CONFLICT.value: 1}
    assert list(auditing.audit()) == []
    assert "chief" not in line.body


def test_a_choice_taken_off_the_list_counts_in_the_round(office: Organisation, learner: User) -> None:
    """Also when the same request is chosen again: no row is deleted to mean that somebody left."""
    row = RoundFactory.create()
    stays, leaves = make_places(row, 1, 1, request__office=office)
    choose_places([leaves, stays], learner)
    strike_choice(row, leaves.public_id, by=learner)
    shift_choice(row, stays.public_id, 1, by=learner)
    assert [choice.rank for choice in RoundChoice.objects.listed()] == [1]
    again = ApplicationFactory.create(request=leaves.request, applicant=learner)
    RoundChoice.objects.create(entry=RoundEntry.objects.get(), round_request=leaves, rank=2, application=again)
    assert RoundChoice.objects.filter(round_request=leaves).count() == 2
    Transition.objects.update(at=timezone.now() - timedelta(days=1))
    Application.objects.update(sent_at=timezone.now() - timedelta(days=1))
    write_due()
    chain = office.ledger_chains.get()
    assert chain.period == f"round-{row.public_id}"
    counts = {entry.kind: json.loads(entry.body)["count"] for entry in chain.entries.exclude(kind=K.OPENED)}
    assert counts == {K.WITHDRAWN: 1}
    (copy,) = describe_volunteering(learner)["rounds"]
    assert [(each["rank"], each["is_struck"]) for each in copy["choices"]] == [(1, False), (2, False), (1, True)]
