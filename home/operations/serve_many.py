"""Production's processes: pages (WSGI), sockets (ASGI), tasks, clocks; and what must hold before they start."""

import os
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from home.operations.errors import OperationError
from home.operations.static_files import StaticCollection
from home.operations.supervise import Orders, python

MIGRATE = "DJANGO_SETTINGS_MODULE=config.settings.production python manage.py migrate"
CLOCK_SECONDS = 300
THREADS = 4  # of one pages worker; below DATABASE_POOL, so that nobody waits for a connection


@dataclass(frozen=True)
class Plan:
    """Where to listen and with how many processes."""

    host: str
    port: int
    workers: int
    socket_port: int
    socket_workers: int

    def check(self) -> None:
        """Raise `OperationError` where the plan cannot work."""
        for option, number in (("--workers", self.workers), ("--socket-workers", self.socket_workers)):
            if number < 1:
                raise OperationError(f"{option} is {number}; use 1 or more.")
        if self.port == self.socket_port:
            raise OperationError(f"Pages and sockets cannot share port {self.port}. Choose another --socket-port.")
        if self.socket_workers > 1 and not settings.REDIS_URL:
            raise OperationError(
                "More than one socket worker needs Redis to carry messages between them. "
                "Set REDIS_URL, or leave --socket-workers at 1."
            )

    def orders(self) -> Orders:
        """The four programs in the order in which they start, and the words that tell how to reach them."""
        programs = {
            "pages": self.pages(),
            "sockets": self.sockets(),
            "tasks": python("manage.py", "db_worker", "--skip-checks", "--no-reload"),
            "clocks": python("manage.py", "keep_clocks", "--skip-checks", "--every", str(CLOCK_SECONDS)),
        }
        addresses = [(self.host, self.port), (self.host, self.socket_port)]
        return Orders(programs, addresses, self.words())

    def words(self) -> list[str]:
        pages, sockets = (f"http://{self.host}:{port}" for port in (self.port, self.socket_port))
        words = [
            f"Chuoy Khum serves {', '.join(settings.ALLOWED_HOSTS)}.",
            f"Proxy: /ws/ to {sockets}, everything else to {pages}. Complete rules: docs/operator.md.",
        ]
        if not settings.REDIS_URL:
            words.append("Without REDIS_URL new posts do not reach the sockets: open topics ask for them by polling.")
        return words

    def pages(self) -> list[str]:
        options = ["--interface", "wsgi", "--no-ws", "--http", "1", "--log-level", "warning"]
        options += ["--host", self.host, "--port", str(self.port), "--workers", str(self.workers)]
        options += ["--blocking-threads", str(THREADS), "--respawn-failed-workers", "--workers-kill-timeout", "10"]
        return python("-m", "granian", *options, "config.wsgi:application")

    def sockets(self) -> list[str]:
        # Deflate would cost 300 KiB a socket; the messages are small. The rooms have a heartbeat of their own: pings
        # every 20 s would wake the radio of each phone.
        options = ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", "65536"]
        options += ["--ws-ping-interval", "0"]
        options += ["--host", self.host, "--port", str(self.socket_port), "--workers", str(self.socket_workers)]
        options += ["--lifespan", "off", "--no-access-log", "--log-level", "warning", "--no-server-header"]
        options += ["--timeout-graceful-shutdown", "5"]
        return python("-m", "uvicorn", *options, "config.sockets:application")


def count_cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def bring_database_up(*, migrates: bool) -> str:
    """The remark for the progress line. Raises `OperationError` when it does not answer or lacks migrations."""
    try:
        missing = count_missing_migrations()
        if missing and migrates:
            call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise OperationError(f"The database does not answer or refuses: {reason}") from None
    if missing and not migrates:
        raise OperationError(f"The database lacks {missing} migrations. Start with --migrate, or run: {MIGRATE}")
    return f"{missing} migrations applied" if missing else "up to date"


def count_missing_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def environment() -> dict[str, str]:
    """Ours, with the folders from which the servers import `config` and `ui`, as manage.py does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(settings.SITE_DIR), str(settings.BASE_DIR)])}


def let_database_go() -> None:
    """The supervisor that follows needs no connection."""
    connections.close_all()
    close_pool = getattr(connection, "close_pool", None)  # PostgreSQL's
    if close_pool is not None:
        close_pool()


def collect_static_files() -> str:
    collection = StaticCollection()
    collection.begin()
    return collection.finish()
