"""Hours claimed and confirmed by several people at the same moment, on both databases."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.servers import ROOT
from tests.volunteers.serving.race import race_to_claim_once, race_to_confirm, race_to_fill_the_day

ROUNDS = 10


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_every_hour_counts_once() -> None:
    race_to_claim_once(ROUNDS)
    race_to_fill_the_day(ROUNDS)
    race_to_confirm(ROUNDS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file_every_hour_counts_once(tmp_path: Path) -> None:
    """Real connections to a real file: a database in memory would be shared by all threads."""
    connection.ensure_connection()
    with sqlite3.connect(tmp_path / "test.sqlite3") as copy:
        connection.connection.backup(copy)
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "PYTHONPATH": "site:.",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    command = [sys.executable, "-m", "tests.volunteers.serving.race", str(ROUNDS)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert run.stdout == "each hour once\n", run.stderr[-3000:]
