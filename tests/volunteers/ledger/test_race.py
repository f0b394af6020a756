"""Two clocks at once, as when two servers run: no day twice, no fork."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.servers import ROOT
from tests.volunteers.ledger.race import race_to_write

ROUNDS = 10


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_no_day_is_written_twice() -> None:
    race_to_write(ROUNDS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file_no_day_is_written_twice(tmp_path: Path) -> None:
    connection.ensure_connection()
    with sqlite3.connect(tmp_path / "test.sqlite3") as copy:
        connection.connection.backup(copy)
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DATABASE_URL": "", "PYTHONPATH": "site:."}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "-m", "tests.volunteers.ledger.race", str(ROUNDS)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert run.stdout == "one chain\n", run.stderr[-3000:]
