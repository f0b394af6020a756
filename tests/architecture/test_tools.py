"""One command runs every checker: `pytest tests/architecture`. Each tool's own words are the failure message."""

import os
import subprocess
import sys

import pytest

from tests.servers import ROOT

PYTHON = sys.executable
TOOLS = {
    "ruff check": [PYTHON, "-m", "ruff", "check", "."],
    "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "."],
    "mypy": [PYTHON, "-m", "mypy", "--cache-dir", os.devnull, "."],
    "import-linter": [os.path.join(os.path.dirname(PYTHON), "lint-imports")],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "django checks": [PYTHON, "manage.py", "check", "--fail-level", "WARNING"],
}


@pytest.mark.parametrize("name", TOOLS)
def test_the_checker_is_content(name: str) -> None:
    environment = {**os.environ, "PYTHONPATH": "site:.", "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    run = subprocess.run(TOOLS[name], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, f"{name}:\n{run.stdout[-8000:]}{run.stderr[-4000:]}"


def test_templates_are_tidy() -> None:
    """djade formats templates; `--check` names the ones that it would change."""
    listed = subprocess.run(["git", "ls-files", "*.html"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [name for name in listed.stdout.split() if (ROOT / name).exists()]
    assert files
    command = [os.path.join(os.path.dirname(PYTHON), "djade"), "--check", "--target-version", "5.2", *files]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
