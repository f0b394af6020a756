from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from places.models import Commune
from places.services import CannotEndError, end_commune


class Command(BaseCommand):
    help = "A commune became part of another, or has another code: move what is alive of it there, keep its history."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the commune that ended: its six digits")
        parser.add_argument("--into", required=True, help="the code of the commune that stands for it now")
        parser.add_argument("--on", type=date.fromisoformat, required=True, help="the day it ended, as 2027-01-31")
        parser.add_argument("--yes", action="store_true", help="do it; without this only what would move is told")

    def handle(self, *args: Any, **options: Any) -> None:
        old, new = (self.find(options[name]) for name in ("code", "into"))
        try:
            with transaction.atomic():
                moved = end_commune(old, into=new, on=options["on"])
                transaction.set_rollback(not options["yes"])
        except CannotEndError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{old.code} {old.name_en} becomes part of {new.code} {new.name_en} on {options['on']}.")
        for name, count in moved.items():
            self.stdout.write(f"  {name}: {count}")
        if not options["yes"]:
            self.stdout.write("Nothing has changed yet. Do it with --yes.")

    def find(self, code: str) -> Commune:
        commune = Commune.objects.filter(code=code).first()
        if commune is None:
            raise CommandError(f"No commune has the code {code}.")
        return commune
