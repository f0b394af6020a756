from typing import Any

from django.core.management.base import BaseCommand

from courses.services.badge_keys import make_key


class Command(BaseCommand):
    help = "Print a new key for signing badges, and its public half for the day it is replaced."
    requires_system_checks = []  # it reads and writes nothing

    def handle(self, *args: Any, **options: Any) -> None:
        secret, public = make_key()
        self.stdout.write(f"BADGE_KEYS={secret}")
        self.stdout.write(f"# When a newer key stands in front of it, this is enough: {public}")
