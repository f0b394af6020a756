"""Never twice, under several workers at once, on both databases."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.notifications.race import race_to_send_once, race_to_tell_once
from tests.servers import ROOT

ROUNDS = 20


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nothing_is_told_twice() -> None:
    race_to_tell_once(ROUNDS)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nothing_is_sent_twice() -> None:
    race_to_send_once(ROUNDS)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file_nothing_is_told_or_sent_twice(tmp_path: Path) -> None:
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
    command = [sys.executable, "-m", "tests.notifications.race", str(ROUNDS)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert run.stdout == "never twice\n", run.stderr[-3000:]
