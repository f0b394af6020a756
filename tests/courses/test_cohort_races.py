"""Many at the same moment: the last seat is given once, a nudge is sent once, two forms lose no mark."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.courses.cohort_race import CALM, race
from tests.servers import ROOT

ROUNDS = 20


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql() -> None:
    race(ROUNDS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file(tmp_path: Path) -> None:
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
    command = [sys.executable, "-m", "tests.courses.cohort_race", str(ROUNDS)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert run.stdout == f"{CALM}\n", run.stderr[-3000:]
