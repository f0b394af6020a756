"""What the benches that need a database share: a database of their own, and one way to measure."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def own_database() -> Iterator[None]:
    """Django, set up and migrated: SQLite in a temporary folder, or an empty database that `DATABASE_URL` names."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield


def analyse() -> None:
    """Tell the database what it holds now, as it would learn by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def count_queries(act: Callable[[], object]) -> int:
    from django.db import connection

    queries: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        act()
    return len(queries)


def measure(name: str, act: Callable[[], object], times: int = 5) -> None:
    """The best and the middle time, the least work of this process and the queries, after one run that warms up."""
    act()
    queries, spent, busy = count_queries(act), [], []
    for _ in range(times):
        began, worked = time.perf_counter(), time.process_time()
        act()
        spent.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    print(
        f"{name:<44}{min(spent):>9.1f} ms best{statistics.median(spent):>9.1f} ms middle{min(busy):>9.1f} ms of CPU"
        f"{queries:>6} queries",
        flush=True,
    )
