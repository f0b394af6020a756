"""Quickstart's one process: pages and sockets on one port, the background worker in a thread beside them."""

import logging
import signal
import socket
from collections.abc import Callable
from threading import Event, Thread

import uvicorn
from django.db import DatabaseError, connections
from django_tasks_db.management.commands.db_worker import Worker

from home.services.clocks import keep_clocks_task

logger = logging.getLogger(__name__)
STOPPING_SECONDS = 5
RESTART_SECONDS = 2  # a database that is busy now is rarely busy for longer
CLOCK_SECONDS = 300


class AnnouncingServer(uvicorn.Server):
    """Calls `announce` once it answers."""

    announce: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.announce()


def make_worker() -> Worker:
    """The worker of django-tasks-db for the default queue; `running = False` ends it after its current task."""
    return Worker(
        queue_names=["default"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="quickstart",
        excluded_queue_names=[],
    )


def serve_everything(taken: socket.socket, announce: Callable[[], None]) -> None:
    """Serve on the bound socket until Ctrl-C or SIGTERM, then stop the server and the worker and return."""
    config = uvicorn.Config(
        "config.asgi:application",
        lifespan="off",
        ws="websockets-sansio",
        ws_ping_interval=None,  # the rooms have a heartbeat of their own
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=STOPPING_SECONDS,
        proxy_headers=False,
    )
    server = AnnouncingServer(config)
    server.announce = announce
    # uvicorn hands a signal on to the former handler once it has stopped: that one has nothing left to do.
    for caught in (signal.SIGINT, signal.SIGTERM):
        signal.signal(caught, lambda *_: None)
    worker, stopped = make_worker(), Event()
    threads = [
        Thread(target=run_worker, args=(worker, stopped), name="worker", daemon=True),
        Thread(target=run_clocks, args=(stopped,), name="clocks", daemon=True),
    ]
    for thread in threads:
        thread.start()
    server.run(sockets=[taken])
    worker.running = False
    stopped.set()
    for thread in threads:
        thread.join(STOPPING_SECONDS)


def run_worker(worker: Worker, stopped: Event) -> None:
    """Works until it is told to stop: what breaks it, such as a locked database, is logged, and it begins again.

    The thread's own database connections are closed at every end.
    """
    while not stopped.is_set() and worker.running:
        try:
            worker.run()
        except Exception:
            logger.exception("The worker broke off; it begins again.")
        finally:
            connections.close_all()
        stopped.wait(RESTART_SECONDS)


def run_clocks(stopped: Event) -> None:
    """What is due by the clock is looked after every few minutes by a task of the worker's; a round may be missed."""
    while not stopped.wait(CLOCK_SECONDS):
        try:
            keep_clocks_task.enqueue()
        except DatabaseError:
            logger.exception("The clocks could not be asked; they are in a few minutes.")
        finally:
            connections.close_all()
