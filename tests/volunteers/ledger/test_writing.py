"""Days become lines, once and in order; nothing that was written can be changed."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation
from accounts.services import save_inclusion
from tests.factories.accounts import OfficeFactory, UserFactory
from tests.volunteers.ledger.days import apply, days_ago, note
from volunteers.enums import ApplicationStatus as A
from volunteers.enums import LedgerKind as K
from volunteers.models import Exposure, LedgerChain, LedgerEntry, RequestInvitation, ReturnWish, Transition
from volunteers.models.ledger import LedgerIsClosedError
from volunteers.services.ledger import auditing, periods
from volunteers.services.ledger.daily import write_day, write_due
from volunteers.services.ledger.writing import Pen, lock_programme

pytestmark = pytest.mark.django_db


def read(chain: LedgerChain) -> list[tuple[str, dict[str, Any]]]:
    return [(entry.kind, json.loads(entry.body)) for entry in chain.entries.order_by("number")]


def sums(office: Organisation) -> dict[str, int]:
    """Over all chains of the office."""
    found: dict[str, int] = {}
    for chain in office.ledger_chains.all():
        for kind, body in read(chain):
            found[kind] = found.get(kind, 0) + body.get("count", 0)
    return found


def test_a_day_is_counted_by_kind_and_reason(office: Organisation) -> None:
    apply(office, days=3)
    apply(office, days=3, to=A.NOT_PLACED, reason="skills")
    apply(office, days=3, to=A.OFFERED, reason="over_times")
    assert write_due() == 3
    month = periods.month_of(days_ago(3))
    chain = office.ledger_chains.get(period=month)
    first, second, third = (days_ago(day).date().isoformat() for day in (3, 2, 1))
    code = office.commune.code  # type: ignore[union-attr]
    assert read(chain) == [
        (K.OPENED, {"commune": code, "period": month}),
        (K.APPLIED, {"count": 3, "day": first}),
        (K.REFUSED, {"count": 1, "day": second, "reasons": {"skills": 1}}),
        (K.SHORTLISTED, {"count": 1, "day": second}),
        (K.OFFERED, {"count": 1, "day": third, "reasons": {"over_times": 1}}),
        (K.OVERRIDE, {"count": 1, "day": third, "reasons": {"over_times": 1}}),
    ]


def test_a_day_is_written_once_and_today_is_not(office: Organisation) -> None:
    apply(office, days=2)
    apply(office, days=0)
    assert write_due() == 2
    before = LedgerEntry.objects.count()
    assert write_due() == 0
    assert not write_day(days_ago(1).date())
    assert LedgerEntry.objects.count() == before
    assert sums(office) == {K.OPENED: 0, K.APPLIED: 1}


def test_an_event_belongs_to_the_month_of_its_sending(office: Organisation) -> None:
    row = apply(office, days=70)
    note(row, "shortlist", A.SUBMITTED, A.SHORTLISTED, days_ago(1))
    write_due()
    chain = office.ledger_chains.get()
    assert chain.period == periods.month_of(days_ago(70))
    assert [kind for kind, _ in read(chain)] == [K.OPENED, K.APPLIED, K.SHORTLISTED]


def test_what_is_taken_back_is_counted_as_such(office: Organisation) -> None:
    row = apply(office, days=2, to=A.SHORTLISTED)
    note(row, "undo_shortlist", A.SHORTLISTED, A.SUBMITTED, days_ago(1) + timedelta(minutes=1))
    write_due()
    assert sums(office) == {K.OPENED: 0, K.APPLIED: 1, K.SHORTLISTED: 1, K.UNDONE: 1}


def test_standing_by_is_no_new_stage(office: Organisation) -> None:
    row = apply(office, days=3, to=A.SHORTLISTED)
    note(row, "stand_by", A.SHORTLISTED, A.SHORTLISTED, days_ago(1))
    note(row, "stand_down", A.SHORTLISTED, A.SHORTLISTED, days_ago(1))
    write_due()
    assert sums(office) == {K.OPENED: 0, K.APPLIED: 1, K.SHORTLISTED: 1}


def test_a_place_begins_once_also_by_going_on(office: Organisation) -> None:
    row = apply(office, days=9, to=A.ACCEPTED)
    steps = (("suspend", "agreed", "paused"), ("resume", "paused", "active"), ("pause", "active", "paused"))
    for day, (verb, source, target) in enumerate((*steps, ("resume", "paused", "active"))):
        note(row.placement, verb, source, target, days_ago(5 - day))
    write_due()
    assert sums(office)[K.BEGAN] == 1


def test_nobody_is_named(office: Organisation) -> None:
    row = apply(office, days=2, to=A.SHORTLISTED, applicant__username="sreymom")
    write_due()
    bodies = " ".join(LedgerEntry.objects.values_list("body", flat=True))
    for name in ("sreymom", str(row.public_id), row.applicant.public_id.hex, row.code_name):
        assert name not in bodies


TAMPERING = pytest.mark.parametrize(
    "change", ["update volunteers_ledgerentry set body = '{}'", "delete from volunteers_ledgerentry"]
)


@TAMPERING
def test_the_database_refuses(office: Organisation, change: str) -> None:
    refuse(office, change)


@pytest.mark.postgresql
@TAMPERING
def test_postgresql_refuses(office: Organisation, change: str) -> None:
    """By a trigger of its own."""
    refuse(office, change)


def refuse(office: Organisation, change: str) -> None:
    apply(office, days=2)
    write_due()
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert list(auditing.audit()) == []


def test_the_model_refuses(office: Organisation) -> None:
    apply(office, days=2)
    write_due()
    entry = LedgerEntry.objects.first()
    assert entry is not None
    entry.kind = K.SERVED
    for attempt in (entry.save, entry.delete, LedgerEntry.objects.all().delete, LedgerEntry.objects.all().update):
        with pytest.raises(LedgerIsClosedError):
            attempt()
    with pytest.raises(LedgerIsClosedError):
        LedgerEntry.objects.bulk_update([entry], ["kind"])


def test_a_pen_needs_a_transaction_and_goes_on_from_the_head(office: Organisation) -> None:
    for count in (1, 2):
        with transaction.atomic():
            lock_programme()
            pen = Pen()
            pen.write(pen.find_chain(office, "2026-01"), K.APPLIED, {"count": count, "day": "2026-01-01"})
            pen.close()
    numbers = office.ledger_chains.get().entries.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]


@pytest.mark.parametrize("count", [1, 3])
def test_a_day_costs_the_same_queries_however_many_applied(
    office: Organisation, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        apply(office, days=1)
    with django_assert_num_queries(23):
        write_day(days_ago(1).date())


def cohort(office: Organisation, months: int, *, women: int, men: int, offered_women: int, offered_men: int) -> str:
    """So many applied some months ago; the first of each are offered a place."""
    days = 30 * months
    for number in range(women + men):
        is_female = number < women
        place = number if is_female else number - women
        is_offered = place < (offered_women if is_female else offered_men)
        person = UserFactory.create(birth_year=timezone.localdate().year - 28)
        save_inclusion(person, is_female=is_female)
        apply(office, days=days, to=A.OFFERED if is_offered else A.NOT_PLACED, applicant=person)
    return periods.month_of(days_ago(days))


def summary(office: Organisation, kind: K) -> dict[str, Any]:
    entry = LedgerEntry.objects.get(chain__office=office, kind=kind)
    found: dict[str, Any] = json.loads(entry.body)
    return found


def test_a_month_is_summed_up_by_groups_once(office: Organisation) -> None:
    cohort(office, 5, women=11, men=15, offered_women=6, offered_men=9)
    write_due()
    found = summary(office, K.CHOSEN)
    assert found["stages"] == ["applied", "eligible", "shortlisted", "offered", "accepted"]
    assert found["all"] == [26, 26, 15, 15, 0]
    assert found["groups"]["female"] == [[11, 11, 6, 6, 0], [15, 15, 9, 9, 0]]
    assert found["groups"]["25-30"] is None  # everybody is, and nobody belongs to another
    assert found["groups"]["disability"] is None
    assert not LedgerEntry.objects.filter(kind=K.ENDED).exists()


def test_a_small_group_is_never_written(office: Organisation) -> None:
    cohort(office, 5, women=4, men=9, offered_women=1, offered_men=9)
    write_due()
    assert summary(office, K.CHOSEN)["groups"]["female"] is None


@pytest.mark.parametrize(
    ("offered_women", "offered_men", "shown"),
    [
        (1, 0, 2),  # the one who was offered a place would be known to be a woman
        (6, 4, 2),
        (0, 9, 5),  # no woman at all: that must be seen
        (11, 9, 5),  # every woman, and enough others were not
        (8, 9, 2),  # three women were left out
        (6, 15, 2),  # whoever was left out would be a woman for sure
    ],
)
def test_a_stage_that_tells_on_somebody_is_hidden_with_all_after_it(
    office: Organisation, offered_women: int, offered_men: int, shown: int
) -> None:
    cohort(office, 5, women=11, men=15, offered_women=offered_women, offered_men=offered_men)
    write_due()
    women, _others = summary(office, K.CHOSEN)["groups"]["female"]
    assert [number is not None for number in women] == [stage < shown for stage in range(5)]


def test_another_office_hides_with_the_one_that_is_small(office: Organisation) -> None:
    """Else the province's sum less the others would tell on it."""
    code = office.commune.code  # type: ignore[union-attr]
    other = OfficeFactory.create(commune__code=f"{code[:4]}88", commune__district=office.commune.district)  # type: ignore[union-attr]
    cohort(office, 5, women=4, men=9, offered_women=1, offered_men=1)
    cohort(other, 5, women=9, men=9, offered_women=1, offered_men=1)
    write_due()
    assert summary(other, K.CHOSEN)["groups"]["female"] is None


def test_the_audit_sees_a_log_written_anew(office: Organisation) -> None:
    apply(office, days=2, to=A.SHORTLISTED)
    write_due()
    Transition.objects.filter(target=A.SHORTLISTED).update(reason="distance")
    faults = list(auditing.audit())
    assert [fault.where for fault in faults] == [days_ago(1).date().isoformat()]
    assert "the log of changes is not what it was" in faults[0].reason


def test_a_month_is_summed_up_in_a_chain_that_grew_on_the_same_day(office: Organisation) -> None:
    row = apply(office, days=140)
    day = next(day for day in range(139, 0, -1) if (days_ago(day) - timedelta(days=75)).strftime("%d") == "01")
    note(row, "refuse", A.SUBMITTED, A.NOT_PLACED, days_ago(day))
    write_due()
    assert [kind for kind, _ in read(office.ledger_chains.get())] == [K.OPENED, K.APPLIED, K.REFUSED, K.CHOSEN]
    assert list(auditing.audit()) == []


def test_an_invitation_is_counted(office: Organisation) -> None:
    row = apply(office, days=9, to=A.ACCEPTED)
    wish = ReturnWish.objects.create(placement=row.placement, office=office, person=row.applicant)
    RequestInvitation.objects.create(request=row.request, wish=wish, invited_at=days_ago(1))
    write_due()
    assert sums(office)[K.INVITED] == 1


def test_what_was_seen_is_counted_in_the_month_of_the_day(office: Organisation) -> None:
    Exposure.objects.create(office=office, date=days_ago(1).date(), seen=7)
    apply(office, days=2)
    write_due()
    chain = office.ledger_chains.get(period=periods.month_of(days_ago(1)))
    assert (K.SEEN, {"count": 7, "day": days_ago(1).date().isoformat()}) in read(chain)
