import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.operations.checks import check_python, check_writable, take_port
from home.operations.errors import OperationError
from home.operations.progress import Step, run_steps
from home.operations.serve_many import (
    Plan,
    bring_database_up,
    collect_static_files,
    count_cores,
    environment,
    let_database_go,
)


class Command(BaseCommand):
    help = "Production: pages, sockets and background work, kept running until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the proxy's side of this machine")
        parser.add_argument("--port", type=int, default=8000, help="pages (WSGI)")
        parser.add_argument("--workers", type=int, default=count_cores(), help="processes for pages; default: cores")
        parser.add_argument("--socket-port", type=int, default=8001, help="sockets (ASGI), the proxy's /ws/")
        parser.add_argument("--socket-workers", type=int, default=1, help="more than 1 only with REDIS_URL")
        parser.add_argument("--migrate", action="store_true", help="apply missing migrations first")

    def handle(self, *args: Any, **options: Any) -> None:
        names = ("host", "port", "workers", "socket_port", "socket_workers")
        plan = Plan(**{name: options[name] for name in names})
        try:
            self.prepare(plan, migrates=options["migrate"])
        except OperationError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            self.stdout.write("\nStopped before everything was ready.")
            return
        os.chdir(settings.BASE_DIR)
        plan.orders().become(environment())

    def prepare(self, plan: Plan, *, migrates: bool) -> None:
        """Raise `OperationError` before anything is started that could not run."""
        check_python()
        plan.check()
        check_writable(settings.VAR_DIR)
        steps = [
            Step("Database", lambda: bring_database_up(migrates=migrates)),
            Step("Style and icons", collect_static_files),
        ]
        with take_port(plan.host, plan.port), take_port(plan.host, plan.socket_port, option="--socket-port"):
            run_steps(steps, self.stdout)
        let_database_go()
