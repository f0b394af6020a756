"""How a question looks before anything was chosen."""

import pytest

from tests.journeys.conftest import MakeContext
from tests.journeys.people import lessons

COURSE = "/km/courses/spreadsheets/"


@pytest.mark.journey
@pytest.mark.parametrize("kind", ["single", "several", "order"])
def test_no_line_looks_chosen_before_it_is(new_context: MakeContext, kind: str) -> None:
    """The choice that a list of numbers stands on is no answer."""
    places = [(slug, n) for slug, each in lessons().items() for n, q in enumerate(each, 1) if q["type"] == kind]
    slug, number = places[0]
    page = new_context().new_page()
    page.goto(f"{COURSE}{slug}/quiz/?q={number}")
    colours = page.locator("label.opt").evaluate_all("lines => lines.map(l => getComputedStyle(l).backgroundColor)")
    assert set(colours) == {"rgba(0, 0, 0, 0)"}
