from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from volunteers.services.finding.listing import recount


class Command(BaseCommand):
    help = "Compare the list of requests with what it follows from; say what drifted, and mend it where asked to."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="write the true values")

    def handle(self, *args: Any, **options: Any) -> None:
        drifts = recount(repair=options["repair"])
        for drift in drifts:
            self.stdout.write(f"request {drift.request_id}, {drift.column}: {drift.listed!r} is {drift.true!r}")
        self.stdout.write(f"{len(drifts)} drifted values{', mended' if drifts and options['repair'] else ''}")
