import datetime
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organisation
from courses.services.xapi import Period, read_audiences, stream_statements


class Command(BaseCommand):
    help = "Write what was learnt between two days as xAPI 1.0.3 statements, a JSON array without names."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("since", type=datetime.date.fromisoformat, help="first day, such as 2026-01-01")
        parser.add_argument("until", type=datetime.date.fromisoformat, help="last day")
        parser.add_argument("--organisation", metavar="UUID", help="only the courses of this one (its public id)")
        parser.add_argument("--out", type=Path, metavar="FILE", help="instead of the terminal")

    def handle(self, *args: Any, **options: Any) -> None:
        organisations = find_organisations(options["organisation"]) if options["organisation"] else None
        pieces = stream_statements(read_audiences(organisations), Period(options["since"], options["until"]))
        if options["out"] is None:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            return
        with options["out"].open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        print(options["out"], file=sys.stderr)


def find_organisations(public_id: str) -> list[Organisation]:
    """The one organisation. Raises CommandError."""
    try:
        return [Organisation.objects.get(public_id=public_id)]
    except (Organisation.DoesNotExist, ValidationError):
        raise CommandError(f"There is no organisation {public_id}.") from None
