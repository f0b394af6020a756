"""Numbers without gaps, one post per client id, true counters, with many writers at once."""

from pathlib import Path

import pytest
from django.db import connection

from tests.forums.races import check
from tests.races import count_rounds, run_on_sqlite_file


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_writers_on_postgresql() -> None:
    check(count_rounds(1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies the test's own SQLite database to a file")
def test_many_writers_on_a_sqlite_file(tmp_path: Path) -> None:
    run_on_sqlite_file(tmp_path, check, count_rounds(1))
