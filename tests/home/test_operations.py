"""What stops a start, what is skipped, what a reset removes."""

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from pytest_django import Settings

from home.management.commands import quickstart
from home.operations.checks import check_python, check_writable, take_port
from home.operations.database import load_once
from home.operations.digest import digest_of_files
from home.operations.errors import OperationError
from home.operations.progress import Step, run_steps
from home.operations.reset import data_of_ours, remove
from tests.servers import ROOT, free_port


def test_an_old_python_is_told_in_one_sentence() -> None:
    with pytest.raises(OperationError) as caught:
        check_python((3, 10))
    assert str(caught.value) == "Chuoy Khum needs Python 3.11 or newer; this is Python 3.10."


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.touch()
    with pytest.raises(OperationError) as caught:
        check_writable(blocker / "var")
    assert str(caught.value).startswith(f"Cannot write in {blocker / 'var'} (")


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(OperationError) as caught:
            take_port("127.0.0.1", port)
    assert str(caught.value) == (
        f"Port {port} is in use by another program. Stop that program, or choose a free port with --port."
    )


def test_a_free_port_is_taken_at_once() -> None:
    with take_port("127.0.0.1", 0) as taken, pytest.raises(OperationError):
        take_port("127.0.0.1", taken.getsockname()[1])


def test_each_step_has_a_number_and_its_remark() -> None:
    out = io.StringIO()
    run_steps([Step("One", lambda: "done"), Step("Second", lambda: "")], OutputWrapper(out))
    assert out.getvalue() == "1/2 One    ... 0.0 s  done\n2/2 Second ... 0.0 s\n"


def test_the_digest_follows_the_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("1")
    before = digest_of_files([first])
    assert digest_of_files([first]) == before
    second.write_text("2")
    assert digest_of_files([first, second]) != before
    first.write_text("11")
    assert digest_of_files([first]) != before


@pytest.mark.django_db
def test_a_state_is_loaded_once() -> None:
    calls: list[str] = []

    def load() -> str:
        calls.append("loaded")
        return "loaded"

    assert load_once("things", "a", load) == "loaded"
    assert load_once("things", "a", load) == "up to date"
    assert load_once("things", "b", load) == "loaded"
    assert calls == ["loaded", "loaded"]


def test_a_reset_removes_our_data_alone(tmp_path: Path) -> None:
    for name in ("x.sqlite3", "x.sqlite3-wal", "secret_key", "letter.txt"):
        (tmp_path / name).touch()
    (tmp_path / "media").mkdir()
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "x.sqlite3")}
    remove(data_of_ours(tmp_path, database))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt", "secret_key"]


def test_a_reset_leaves_postgresql_alone(tmp_path: Path) -> None:
    with pytest.raises(OperationError):
        data_of_ours(tmp_path, {"ENGINE": "django.db.backends.postgresql", "NAME": "x"})


@pytest.mark.parametrize("option", ["port", "folder"])
def test_quickstart_says_in_one_line_what_is_wrong(tmp_path: Path, option: str) -> None:
    """The whole command, as a person starts it."""
    blocker = tmp_path / "file"
    blocker.touch()
    folder = blocker if option == "folder" else tmp_path / "var"
    environment = {**os.environ, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        command = [sys.executable, "manage.py", "quickstart", "--port", str(other.getsockname()[1])]
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    lines = run.stderr.strip().splitlines()
    assert (run.returncode, len(lines), run.stdout) == (1, 1, ""), run.stderr
    assert ("is in use" in lines[0], "Cannot write in" in lines[0]) == (option == "port", option == "folder")


def test_quickstart_knows_its_own_address(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """Badges and mails name the chosen port."""
    settings.WAGTAILADMIN_BASE_URL = "http://localhost:8000"
    monkeypatch.setattr(quickstart, "prepare", lambda *_args, **_named: None)
    call_command("quickstart", "--port", str(free_port()), "--prepare-only")
    assert settings.WAGTAILADMIN_BASE_URL.removeprefix("http://localhost:") not in {"", "8000"}
