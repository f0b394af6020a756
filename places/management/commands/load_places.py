from typing import Any

from django.core.management.base import BaseCommand

from places.services import load_gazetteer


class Command(BaseCommand):
    help = "Load or refresh the provinces, districts, communes and villages of Cambodia."

    def handle(self, *args: Any, **options: Any) -> None:
        result = load_gazetteer(self.stdout.write)
        self.stdout.write(
            self.style.SUCCESS(
                f"{result.added} added, {result.changed} changed, {result.unchanged} unchanged, "
                f"{result.unlisted} kept that the file no longer lists, {result.ended} communes ended."
            )
        )
