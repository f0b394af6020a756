"""Hours claimed and confirmed at the same moment, on both databases. By hand: `RACE_ROUNDS=200 pytest …`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from tests.races import count_rounds, run_on_sqlite_file
from tests.volunteers.serving.race import RACES, race

ROUNDS = 10


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", RACES, ids=lambda run: run.__name__)
def test_on_postgresql_every_hour_counts_once(run: Callable[[int], None]) -> None:
    run(count_rounds(ROUNDS))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file_every_hour_counts_once(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, race, count_rounds(ROUNDS))
