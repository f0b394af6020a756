"""Several clocks write the ledger at the same moment."""

from datetime import timedelta
from functools import partial

from tests.races import run_together
from tests.volunteers.race import CLIENTS


def race_to_write(rounds: int) -> None:
    """Each day is in the ledger once, and no chain forks."""
    from tests.factories.accounts import OfficeFactory
    from tests.volunteers.ledger.days import apply, days_ago
    from volunteers.models import LedgerEntry
    from volunteers.services.ledger.auditing import audit
    from volunteers.services.ledger.daily import write_day

    offices = [OfficeFactory.create() for _ in range(2)]
    for office in offices:
        for back in range(rounds, 0, -1):
            apply(office, days=back)
    for back in range(rounds, 0, -1):
        day = (days_ago(0) - timedelta(days=back)).date()
        results = run_together([partial(write_day, day)] * CLIENTS)
        assert sorted(map(str, results)) == ["False"] * (CLIENTS - 1) + ["True"], results
    assert LedgerEntry.objects.filter(kind="day").count() == rounds
    assert LedgerEntry.objects.filter(kind="applied").count() == rounds * len(offices)
    assert list(audit()) == []
