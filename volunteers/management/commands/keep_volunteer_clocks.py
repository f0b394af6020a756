from typing import Any

from django.core.management.base import BaseCommand

from volunteers.services.clocks import keep_clocks


class Command(BaseCommand):
    help = "Let offers lapse and requests expire whose time is over. Run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        done = keep_clocks()
        self.stdout.write(f"{done.lapsed} offers lapsed, {done.expired} requests expired")
