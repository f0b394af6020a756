from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.operations.content import read_places, read_starter
from ui.starter import StarterError


class Command(BaseCommand):
    help = "Load places, courses, guides, pages, boards and templates from their files again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(read_places())
            self.stdout.write(read_starter())
        except StarterError as error:
            raise CommandError(str(error)) from None
