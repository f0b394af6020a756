"""Many at the same moment: the last seat is given once, a nudge is sent once, two forms lose no mark."""

from pathlib import Path

import pytest
from django.db import connection

from tests.courses.cohort_race import race
from tests.races import count_rounds, run_on_sqlite_file

ROUNDS = 20


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql() -> None:
    race(count_rounds(ROUNDS))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, race, count_rounds(ROUNDS))
