"""Never twice and never lost, also when a worker is killed while it sends."""

from pathlib import Path

import pytest
from django.db import connection

from tests.notifications.crash import kill_workers
from tests.races import count_rounds, run_on_sqlite_file


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_a_killed_worker_loses_and_repeats_nothing(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, kill_workers, count_rounds(1))
