"""What happens in a round stands in the round's chains."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Organisation
from tests.factories.rounds import RoundFactory, RoundRequestFactory
from tests.volunteers.ledger.days import apply
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import LedgerKind as K
from volunteers.enums import RoundStatus
from volunteers.models import Round, RoundChoice, RoundEntry
from volunteers.services.ledger import auditing
from volunteers.services.ledger.daily import write_due
from volunteers.services.ledger.reading import name_period

pytestmark = pytest.mark.django_db


def choose(row: Round, office: Organisation, *, to: str) -> None:
    application = apply(office, days=3, to=to)
    place = RoundRequestFactory.create(round=row, request=application.request, is_active=False)
    entry = RoundEntry.objects.create(round=row, person=application.applicant)
    RoundChoice.objects.create(entry=entry, round_request=place, rank=1, application=application)


def test_a_round_has_its_chain_and_is_summed_up_when_it_is_over(office: Organisation) -> None:
    names = ("opens_at", "choices_close_at", "scoring_closes_at", "confirm_by", "second_closes_at")
    calendar = {name: timezone.now() - timedelta(days=7 - step) for step, name in enumerate(names)}
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
