"""Everything marked `postgresql`, and the reading tests of every app, on a real PostgreSQL."""

import os
import re
import subprocess
import sys

from tests.servers import ROOT


def test_the_marked_tests_pass_on_postgresql(postgresql_url: str) -> None:
    """One more pytest whose database is the fresh server: races, locks and search are only proved there."""
    environment = {**os.environ, "DATABASE_URL": postgresql_url, "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-m", "postgresql", "-p", "no:cacheprovider", "tests"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1200)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert re.search(r"\d+ passed", run.stdout)
    assert "skipped" not in run.stdout
