from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from volunteers.matching.record import RecordError, read_inputs, verify_record, write_outcome


class Command(BaseCommand):
    help = "Run a round again from its inputs, prove it, and compare it with its record byte by byte."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("record", type=Path, help="record.json of place_round")
        parser.add_argument("inputs", type=Path, help="the inputs of the round")
        parser.add_argument("--outcome", type=Path, help="outcome.json, to be compared as well")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = verify_record(options["record"].read_bytes(), read_inputs(options["inputs"].read_bytes()))
            outcome = options["outcome"].read_bytes() if options["outcome"] else write_outcome(done)
        except (OSError, ValueError, RecordError) as error:
            raise CommandError(str(error)) from error
        if outcome != write_outcome(done):
            raise CommandError("the outcome is not the one of this record")
        self.stdout.write("the record holds")
