"""The last chairs and the last ticket at the same moment, on both databases."""

from pathlib import Path

import pytest
from django.db import connection

from tests.participation.race import full_door, last_chairs, one_draft, one_ticket
from tests.races import count_rounds, run_on_sqlite_file

ROUNDS = 10
FEW = 3


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql() -> None:
    last_chairs(count_rounds(ROUNDS))
    one_ticket(count_rounds(FEW))
    full_door(count_rounds(FEW))
    one_draft(count_rounds(FEW))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, last_chairs, count_rounds(ROUNDS))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_a_ticket_on_a_sqlite_file(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, one_ticket, count_rounds(FEW))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_the_door_on_a_sqlite_file(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, full_door, count_rounds(FEW))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_a_new_meeting_on_a_sqlite_file(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, one_draft, count_rounds(FEW))
