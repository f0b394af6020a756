"""axe-core finds nothing on the core pages, in both languages and schemes; nothing scrolls sideways at 320 px."""

from pathlib import Path

import pytest

from tests.journeys.conftest import MakeContext
from tests.journeys.pages import core_pages
from tests.journeys.site import LiveSite

AXE = Path(__file__).parent / "axe" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.journey
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["km", "en"])
def test_axe_finds_nothing(live: LiveSite, new_context: MakeContext, language: str, scheme: str) -> None:
    found = []
    more = {"sign-up": f"/{language}/accounts/signup/", "sign-in": f"/{language}/accounts/login/"}
    for name, path in {**core_pages(live.url, language), **more}.items():
        for width in (360, 1280):
            page = new_context(language=language, scheme=scheme, width=width).new_page()
            page.goto(path)
            page.evaluate(AXE.read_text() + "; undefined")  # through the debugger: the page's own policy forbids it
            result = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
            found += [
                (name, width, violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
                for violation in result["violations"]
            ]
            page.close()
    assert found == []


@pytest.mark.journey
@pytest.mark.parametrize("language", ["km", "en"])
def test_nothing_scrolls_sideways(live: LiveSite, new_context: MakeContext, language: str) -> None:
    wide = []
    for name, path in core_pages(live.url, language).items():
        page = new_context(language=language, width=320).new_page()
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide.append((name, width))
        page.close()
    assert wide == []
