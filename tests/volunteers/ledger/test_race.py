"""Two clocks at once, as when two servers run: no day twice, no fork. By hand: `RACE_ROUNDS=200 pytest …`."""

from pathlib import Path

import pytest
from django.db import connection

from tests.races import count_rounds, run_on_sqlite_file
from tests.volunteers.ledger.race import race_to_write

ROUNDS = 10


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_no_day_is_written_twice() -> None:
    race_to_write(count_rounds(ROUNDS))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file_no_day_is_written_twice(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, race_to_write, count_rounds(ROUNDS))
