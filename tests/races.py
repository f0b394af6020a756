"""People who act at the same moment, on both databases: threads on PostgreSQL, a program on a database file of SQLite.

A database of SQLite in memory would be shared by all threads, so there the race is run by a process of its own, with
real connections to a copy of the test's database in a file. `RACE_ROUNDS` says how often; the suite keeps it low.
"""

import importlib
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

CALM = "as it should be"


def count_rounds(usual: int) -> int:
    """By the environment, for a long run by hand; else what the test asks for."""
    return int(os.environ.get("RACE_ROUNDS", usual))


def run_together(jobs: list[Callable[[], Any]]) -> list[Any]:
    """Each job in a thread and with a connection of its own, all released at once; results or exceptions in order."""
    from django.db import connection

    barrier = threading.Barrier(len(jobs))
    results: list[Any] = [None] * len(jobs)

    def work(index: int) -> None:
        try:
            barrier.wait()
            results[index] = jobs[index]()
        except Exception as error:  # noqa: BLE001 the test looks at it
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(index,)) for index in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def split_results(results: list[Any], *refusals: type[Exception]) -> tuple[list[Any], list[Exception]]:
    """What succeeded and what was refused; anything else that was raised is raised here."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, refusals):
            raise result
    refused = [result for result in results if isinstance(result, Exception)]
    return [result for result in results if not isinstance(result, Exception)], refused


def run_on_sqlite_file(folder: Path, race: Callable[[int], None], rounds: int) -> None:
    """`race(rounds)` of another process on a copy of this test's own database; raises what it said when it failed."""
    from django.db import connection

    from tests.servers import ROOT

    connection.ensure_connection()
    with sqlite3.connect(folder / "test.sqlite3") as copy:
        connection.connection.backup(copy)
    environment = {
        **os.environ,
        "VAR_DIR": str(folder),
        "DATABASE_URL": "",
        "PYTHONPATH": "site:.",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    command = [sys.executable, "-m", "tests.races", f"{race.__module__}:{race.__qualname__}", str(rounds)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1800)
    assert run.stdout.endswith(f"{CALM}\n"), run.stdout[-1000:] + run.stderr[-3000:]


if __name__ == "__main__":
    import django

    django.setup()
    module, name = sys.argv[1].split(":")
    getattr(importlib.import_module(module), name)(int(sys.argv[2]))
    print(CALM)
