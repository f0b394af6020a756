import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connections

from home.services.clocks import keep_clocks


class Command(BaseCommand):
    help = "Let offers lapse and requests expire, publish and take down what is scheduled: once or again and again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="stay, and look again after so many seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        seconds: int | None = options["every"]
        if seconds is None:
            keep_clocks()
            return
        while True:
            keep_clocks()
            connections.close_all()  # none is held while this sleeps
            time.sleep(max(1, seconds))
