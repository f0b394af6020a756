from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from volunteers.services.ledger.auditing import audit
from volunteers.services.ledger.verifying import BrokenLedgerError, verify


class Command(BaseCommand):
    help = "Check that a ledger was only ever added to. A file needs no database; --all checks what is stored here."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="an exported chain (.jsonl)")
        parser.add_argument("--head", default="", help="a hash noted before, which must be in the file")
        parser.add_argument("--all", action="store_true", help="every chain of this database, its days and its log")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"] == bool(options["file"]):
            raise CommandError("Name one file, or say --all.")
        if options["all"]:
            self._check_all()
        else:
            self._check_file(options["file"], options["head"])

    def _check_file(self, path: Path, head: str) -> None:
        try:
            with path.open("rb") as lines:
                done = verify(lines, head)
        except (OSError, BrokenLedgerError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"chain {done.chain} holds: {done.entries} lines, head {done.head}")

    def _check_all(self) -> None:
        faults = list(audit())
        for fault in faults:
            self.stderr.write(f"{fault.where}: {fault.reason}")
        if faults:
            raise CommandError(f"{len(faults)} faults")
        self.stdout.write("every chain holds")
