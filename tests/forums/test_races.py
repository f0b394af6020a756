"""Numbers without gaps, one post per client id, true counters, with many writers at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forums.races import expected, race
from tests.servers import ROOT


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_writers_on_postgresql() -> None:
    assert race() == expected()


def test_many_writers_on_a_sqlite_file(tmp_path: Path) -> None:
    """The test database of SQLite lives in memory, where threads lock each other out; a file is what people run."""
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "PYTHONPATH": "site:."}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.local"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.forums.races"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert (run.returncode, run.stderr) == (0, "")
