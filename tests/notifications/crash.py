"""A worker that is killed in the middle of a delivery: a process of its own, a real mail server, SIGKILL."""

from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING

from tests.notifications.smtp import MailServer

if TYPE_CHECKING:
    from notifications.models import Delivery

GREETING, END = "EHLO", "."  # before anything of the letter left; when all of it has


def kill_workers(rounds: int) -> None:
    """Killed before the letter left, it goes out later, once; killed after, never again."""
    for number in range(rounds):
        assert kill_one(f"early{number}", GREETING) == ("sent", "", 2, 1)
        assert kill_one(f"late{number}", END) == ("given_up", "interrupted", 1, 1)


def kill_one(name: str, command: str) -> tuple[str, str, int, int]:
    """State, reason and attempts of a delivery at the end, and how many messages the server has of it."""
    with MailServer() as server:
        server.answers[command] = ""
        row = queue_one(name)
        use_server(server.port)
        worker = start_worker(row.pk)
        assert server.heard.wait(60)
        worker.kill()
        worker.join()
        server.answers.clear()
        sweep_often(row)
        assert row.status in ("taken", "sending")  # the worker might still be at it
        type(row).objects.update(updated_at=row.updated_at - timedelta(minutes=16))
        sweep_often(row)
        assert row.notification.read_at is None  # the line at the bell stands in any case
        return row.status, row.reason, row.attempts, len(server.messages)


def queue_one(name: str) -> "Delivery":
    """Due now whatever the hour, and in nobody's hands."""
    from django.utils import timezone

    from tests.factories.notifications import URGENT, make_reader, tell

    use_server(0)  # nobody listens: the first attempt fails
    row = tell(make_reader(username=name), URGENT, due_at=timezone.now()).deliveries.get()
    type(row).objects.filter(pk=row.pk).update(status="queued", reason="", attempts=0, next_at=timezone.now())
    return row


def sweep_often(row: "Delivery") -> None:
    from notifications.services.delivery import sweep

    for _ in range(3):
        sweep()
    row.refresh_from_db()


def use_server(port: int) -> None:
    """The kinds of the tests, and this mail server."""
    from django.conf import settings

    from notifications.services.kinds import KINDS
    from tests.factories.notifications import TEST_KINDS

    KINDS.update(TEST_KINDS)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


def start_worker(pk: int) -> BaseProcess:
    """A process of its own, with a connection of its own."""
    from django.db import connection

    from notifications.services.delivery import deliver

    connection.close()
    worker = get_context("fork").Process(target=deliver, args=[pk])
    worker.start()
    return worker
