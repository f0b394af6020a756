"""Steps with a number, a name and the seconds each took."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from django.core.management.base import OutputWrapper

from home.operations.errors import OperationError


@dataclass(frozen=True)
class Step:
    """`run` does the work and returns a remark of a few words, or nothing."""

    title: str
    run: Callable[[], str]


def run_steps(steps: Sequence[Step], out: OutputWrapper) -> None:
    """Run each step in order and print a line for it, such as "1/6 Database ... 2.1 s"."""
    width = max(len(step.title) for step in steps)
    for number, step in enumerate(steps, start=1):
        out.write(f"{number}/{len(steps)} {step.title:<{width}} ... ", ending="")
        out.flush()
        began = perf_counter()
        try:
            remark = step.run()
        except OperationError:
            out.write("stopped")
            raise
        spent = f"{perf_counter() - began:.1f} s"
        out.write(f"{spent}  {remark}".rstrip())
        out.flush()
