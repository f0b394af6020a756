"""The last seat, wanted by more people than there are seats, at the same moment."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.servers import ROOT
from tests.volunteers.race import race_for_the_last_seat, race_to_apply_twice, race_two_declines

ROUNDS = 50


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_the_last_seat_is_never_given_twice() -> None:
    race_for_the_last_seat(ROUNDS)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nobody_applies_twice() -> None:
    race_to_apply_twice(ROUNDS // 5)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_two_places_that_become_free_go_to_two() -> None:
    race_two_declines(ROUNDS // 5)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file_the_last_seat_is_never_given_twice(tmp_path: Path) -> None:
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
    command = [sys.executable, "-m", "tests.volunteers.race", str(ROUNDS)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert run.stdout == "never overfilled\n", run.stderr[-3000:]
