"""The site as a person starts it: the README's own command, on a free port, with an empty data folder."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db.backends.sqlite3._functions import register

from tests.servers import ROOT, free_port, wait_until


class LiveSite:
    """`manage.py quickstart` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "quickstart.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.seconds_to_start = 0.0

    def start(self, *options: str) -> None:
        """Start and wait for the first healthy answer; fails with the log's end."""
        environment = {**os.environ, "VAR_DIR": str(self.folder / "var"), "PYTHONUNBUFFERED": "1"}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        environment.pop("DATABASE_URL", None)
        began = time.monotonic()
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", "quickstart", "--port", str(self.port), *options]
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        while not self.is_healthy():
            if self.process.poll() is not None or time.monotonic() - began > 240:
                pytest.fail(f"quickstart did not come up:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.2)
        self.seconds_to_start = time.monotonic() - began
        wait_until(self.is_idle, seconds=240, what="the end of the work that the start left behind")

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=5) as answer:  # noqa: S310  (our own address)
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def is_idle(self) -> bool:
        """No background task waits or runs: what was loaded can be searched."""
        with closing(sqlite3.connect(self.folder / "var" / "chuoykhum.sqlite3", timeout=30)) as database:
            (waiting,) = database.execute(
                "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN ('READY', 'RUNNING')"
            ).fetchone()
        return int(waiting) == 0

    def let_news_out(self) -> None:
        """As if the minutes had passed in which an office can take a decision back: the applicant reads it now."""
        with closing(sqlite3.connect(self.folder / "var" / "chuoykhum.sqlite3", timeout=30)) as database, database:
            database.execute(
                "UPDATE volunteers_application SET held_until = '2026-01-01 00:00:00' WHERE held_until IS NOT NULL"
            )

    def let_round_days_pass(self, *names: str) -> None:
        """As if these days of the round's calendar, and its opening, had passed, one minute after the other."""
        with closing(sqlite3.connect(self.folder / "var" / "chuoykhum.sqlite3", timeout=30)) as database, database:
            for place, name in enumerate(("opens_at", *names)):
                moment = datetime.now(UTC) - timedelta(minutes=9 - place)
                statement = f"UPDATE volunteers_round SET {name} = ? WHERE status != 'finished'"  # noqa: S608
                database.execute(statement, (f"{moment:%Y-%m-%d %H:%M:%S}",))

    def let_shifts_begin(self) -> None:
        """As if time had passed: of the two shifts signed up for last, one is going on, the next begins soon."""
        now = datetime.now(UTC)
        spans = [
            (now - timedelta(hours=1), now + timedelta(minutes=25)),
            (now + timedelta(minutes=30), now + timedelta(hours=2)),
        ]
        with closing(sqlite3.connect(self.folder / "var" / "chuoykhum.sqlite3", timeout=30)) as database, database:
            register(database)  # a constraint of the table speaks in a function of Django's
            keys = database.execute(
                "SELECT shift_id FROM (SELECT shift_id, starts_at FROM volunteers_shiftsignup"
                " WHERE status = 'signed_up' ORDER BY id DESC LIMIT 2) ORDER BY starts_at"
            ).fetchall()
            for (key,), span in zip(keys, spans, strict=True):
                times = [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in span]
                database.execute("UPDATE volunteers_shift SET starts_at = ?, ends_at = ? WHERE id = ?", (*times, key))
                database.execute(
                    "UPDATE volunteers_shiftsignup SET starts_at = ?, ends_at = ? WHERE shift_id = ?", (*times, key)
                )

    def let_meeting_begin(self) -> str:
        """As if time had passed: the next meeting has begun. Returns its public id."""
        now = datetime.now(UTC)
        moments = [f"{now + timedelta(hours=hours):%Y-%m-%d %H:%M:%S}" for hours in (-24, -1, 2)]
        with closing(sqlite3.connect(self.folder / "var" / "chuoykhum.sqlite3", timeout=30)) as database, database:
            register(database)
            order = "WHERE status = 'announced' ORDER BY starts_at DESC LIMIT 1"
            ((key, public_id),) = database.execute(f"SELECT id, public_id FROM participation_meeting {order}")  # noqa: S608
            statement = "UPDATE participation_meeting SET input_until_at = ?, starts_at = ?, ends_at = ? WHERE id = ?"
            database.execute(statement, (*moments, key))
        return str(uuid.UUID(public_id))

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(timeout=30)
        self.process = None
        return code

    @property
    def password(self) -> str:
        """The demo cast's, from the file that quickstart keeps for its owner."""
        return (self.folder / "var" / "demo-passwords.txt").read_text().split()[0]
