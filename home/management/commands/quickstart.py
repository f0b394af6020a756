from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from home.operations.checks import check_python, check_writable, take_port
from home.operations.content import describe_cast
from home.operations.errors import OperationError
from home.operations.prepare import prepare
from home.operations.reset import data_of_ours, remove
from home.operations.serve_one import serve_everything


class Command(BaseCommand):
    help = "Make everything ready on this machine and serve it: pages, sockets and background work on one port."
    requires_system_checks = []  # the tests run them; here they would cost a second at every start

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 opens the site to the whole network")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="no demo people, offices and requests")
        parser.add_argument("--reset", action="store_true", help="remove the data under var/ first (asks)")
        parser.add_argument("--yes", action="store_true", help="do not ask before --reset")
        parser.add_argument("--prepare-only", action="store_true", help="make everything ready, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.start(options)
        except OperationError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            self.stdout.write("\nStopped before everything was ready. Start again to go on.")

    def start(self, options: dict[str, Any]) -> None:
        check_python()
        check_writable(settings.VAR_DIR)
        with take_port(options["host"], options["port"]) as taken:
            address = find_address(options["host"], options["port"])
            settings.WAGTAILADMIN_BASE_URL = address  # known only now; it stands in badges and mails
            if options["reset"] and not self.reset(asks=not options["yes"]):
                return
            prepare(self.stdout, with_demo=not options["no_demo"])
            if not options["prepare_only"]:
                serve_everything(taken, lambda: self.announce(address))
                self.stdout.write("Stopped.")

    def reset(self, *, asks: bool) -> bool:
        """Remove the data after a yes; False when the answer was no."""
        paths = data_of_ours(settings.VAR_DIR, settings.DATABASES["default"])
        if paths and asks:
            self.stdout.write("This removes:\n" + "\n".join(f"  {path}" for path in paths))
            if input("Remove all of it? [y/N] ").strip().lower() not in {"y", "yes"}:
                self.stdout.write("Nothing was removed.")
                return False
        remove(paths)
        return True

    def announce(self, address: str) -> None:
        cast = describe_cast()
        self.stdout.write(f"\n{cast}" if cast else "")
        self.stdout.write(f"\nChuoy Khum is ready: {address}/\nPress Ctrl-C to stop.")
        self.stdout.flush()


def find_address(host: str, port: int) -> str:
    """Where a browser on this machine finds the site, without the last slash."""
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host  # noqa: S104 (compared only)
    return f"http://{shown}:{port}"
