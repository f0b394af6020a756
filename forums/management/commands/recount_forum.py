from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from forums.services.recount import recount


class Command(BaseCommand):
    help = "Compare the counters of the forum with its rows; say what drifted, and mend it where asked to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write the true values")

    def handle(self, *args: Any, **options: Any) -> None:
        drifts = recount(repair=options["repair"])
        for drift in drifts:
            self.stdout.write(f"{drift.thing}, {drift.column}: {drift.kept!r} is {drift.true!r}")
        self.stdout.write(f"{len(drifts)} drifted values{', mended' if drifts and options['repair'] else ''}")
