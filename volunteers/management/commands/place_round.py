from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from volunteers.matching.acceptance import Option
from volunteers.matching.figures import Figures, measure
from volunteers.matching.record import read_inputs, write_outcome, write_record
from volunteers.matching.runs import run


class Command(BaseCommand):
    help = "Place the people of a round from a file of inputs; writes the outcome and a record of the run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("inputs", type=Path, help="people and requests as JSON, as the operator's guide shows")
        parser.add_argument("--seed", required=True, help="the public seed of the lottery")
        parser.add_argument("--option", type=Option, choices=list(Option), default=Option.STANDARD)
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="for record.json, outcome.json")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["out"]
        try:
            done = run(read_inputs(options["inputs"].read_bytes()), seed=options["seed"], option=options["option"])
            folder.mkdir(parents=True, exist_ok=True)
            for name, text in (("outcome.json", write_outcome(done)), ("record.json", write_record(done))):
                with (folder / name).open("xb") as file:  # a run that stands is never overwritten
                    file.write(text)
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(tell(measure(done)))


def tell(figures: Figures) -> str:
    """The run in one line."""
    first = figures.by_choice[0]
    return f"{figures.placed} of {figures.people} people placed, {first} at their first choice; the proof holds"
