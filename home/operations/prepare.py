"""What quickstart makes ready, in order. Each step is quick when there is nothing to do."""

from collections.abc import Sequence

from django.core.management.base import OutputWrapper

from home.operations.content import load_cast, load_places, load_starter
from home.operations.database import migrate
from home.operations.progress import Step, run_steps
from home.operations.static_files import StaticCollection


def prepare(out: OutputWrapper, *, with_demo: bool) -> None:
    """Bring database, content and static files to the state of the code; prints a line a step."""
    collection = StaticCollection()
    collection.begin()
    try:
        run_steps(list_steps(collection, with_demo=with_demo), out)
    finally:
        collection.abandon()


def list_steps(collection: StaticCollection, *, with_demo: bool) -> Sequence[Step]:
    demo = [Step("Demo people", load_cast)] if with_demo else []
    return [
        Step("Database", migrate),
        Step("Places", load_places),
        Step("Courses and pages", load_starter),
        *demo,
        Step("Style and icons", collection.finish),
    ]
