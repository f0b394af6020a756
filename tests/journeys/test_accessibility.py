"""axe-core finds nothing on the core pages, in both languages and schemes; nothing scrolls sideways at 320 px."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import MakeContext
from tests.journeys.pages import CLERK, LEARNER, Opener, clerk_pages, core_pages, learner_pages, sign_in_to_read
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite

AXE = Path(__file__).parent / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def look(page: Page, pages: dict[str, str], width: int) -> list[Any]:
    """What axe-core finds on each of these, at this width."""
    page.set_viewport_size({"width": width, "height": 740 if width < 800 else 900})
    found: list[Any] = []
    for name, path in pages.items():
        page.goto(path)
        page.evaluate(AXE.read_text() + "; undefined")  # through the debugger: the page's own policy forbids it
        result = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
        found += [
            (name, width, violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
            for violation in result["violations"]
        ]
    return found


@pytest.mark.journey
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["km", "en"])
def test_axe_finds_nothing(live: LiveSite, new_context: MakeContext, language: str, scheme: str) -> None:
    more = {"sign-up": f"/{language}/accounts/signup/", "sign-in": f"/{language}/accounts/login/"}
    pages = {**core_pages(live.url, language), **more}
    page = new_context(language=language, scheme=scheme).new_page()
    assert [violation for width in (360, 1280) for violation in look(page, pages, width)] == []


@pytest.mark.journey
@pytest.mark.parametrize(("language", "scheme", "width"), [("km", "light", 360), ("en", "dark", 1280)])
@pytest.mark.parametrize(("name", "list_pages"), [(LEARNER, learner_pages), (CLERK, clerk_pages)])
def test_axe_finds_nothing_where_members_work(
    live: LiveSite,
    new_context: MakeContext,
    name: str,
    list_pages: Callable[[str, str, Opener], dict[str, str]],
    language: str,
    scheme: str,
    width: int,
) -> None:
    page = new_context(language=language, scheme=scheme).new_page()
    sign_in(page, name, live.password, language=language)
    pages = list_pages(live.url, language, sign_in_to_read(live.url, name, live.password))
    assert look(page, pages, width) == []
    assert list_wide(page, pages) == []


def list_wide(page: Page, pages: dict[str, str]) -> list[tuple[str, int]]:
    """Pages that scroll sideways at 320 pixels, and how wide they are."""
    page.set_viewport_size({"width": 320, "height": 740})
    wide = []
    for name, path in pages.items():
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append((name, width))
    return wide


@pytest.mark.journey
@pytest.mark.parametrize("language", ["km", "en"])
def test_nothing_scrolls_sideways(live: LiveSite, new_context: MakeContext, language: str) -> None:
    assert list_wide(new_context(language=language).new_page(), core_pages(live.url, language)) == []
