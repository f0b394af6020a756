"""Quickstart's threads outlive what breaks them: a site without a worker tells nobody anything."""

from threading import Event
from typing import Any

import pytest
from django.db import OperationalError

from home.operations import serve_one


class BreakingWorker:
    """Breaks off twice, then works until it is told to stop."""

    def __init__(self) -> None:
        self.running, self.runs = True, 0

    def run(self) -> None:
        self.runs += 1
        if self.runs <= 2:
            raise OperationalError("database is locked")
        self.running = False


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve_one, "RESTART_SECONDS", 0)
    monkeypatch.setattr(serve_one, "CLOCK_SECONDS", 0)
    monkeypatch.setattr(serve_one, "connections", type("None_", (), {"close_all": staticmethod(lambda: None)}))


def test_a_locked_database_ends_no_worker() -> None:
    worker: Any = BreakingWorker()
    serve_one.run_worker(worker, Event())
    assert worker.runs == 3


def test_a_worker_that_is_stopped_begins_no_more() -> None:
    worker, stopped = BreakingWorker(), Event()
    stopped.set()
    serve_one.run_worker(worker, stopped)  # type: ignore[arg-type]
    assert worker.runs == 0


def test_a_locked_database_ends_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped, asked = Event(), list[int]()

    def ask() -> None:
        asked.append(1)
        if len(asked) == 2:
            stopped.set()
        raise OperationalError("database is locked")

    monkeypatch.setattr(serve_one, "keep_clocks_task", type("Task", (), {"enqueue": staticmethod(ask)}))
    serve_one.run_clocks(stopped)
    assert len(asked) == 2
