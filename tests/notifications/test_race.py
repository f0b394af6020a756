"""Never twice, under several workers at once, on both databases."""

from pathlib import Path

import pytest
from django.db import connection

from tests.notifications.race import race, race_to_send_once, race_to_tell_once
from tests.races import count_rounds, run_on_sqlite_file

ROUNDS = 20


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nothing_is_told_twice() -> None:
    race_to_tell_once(count_rounds(ROUNDS))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nothing_is_sent_twice() -> None:
    race_to_send_once(count_rounds(ROUNDS))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_on_a_sqlite_file_nothing_is_told_or_sent_twice(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, race, count_rounds(ROUNDS))
