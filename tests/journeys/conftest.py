"""A real Chromium at 360 px and the live site. Screenshots are kept under `var/journeys/`."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.site import LiveSite
from tests.servers import ROOT, skip_or_fail

ARTEFACTS = ROOT / "var" / "journeys"
# A closed network refuses Chromium's own look-ups one by one and slowly, so they are off.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A machine with other work to do answers late; only a wrong page fails.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
MakeContext = Callable[..., BrowserContext]
Snap = Callable[[Page, str], Path]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; skips with its reason where there is none, fails in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        skip_or_fail("no Chromium is installed here")
    # Playwright's loop must not make Django think that tests run inside an event loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    """The site with starter content and demo cast, started once for all journeys."""
    site = LiveSite(tmp_path_factory.mktemp("site"))
    site.start()
    yield site
    assert site.stop() == 0


@pytest.fixture
def new_context(chromium: Browser, live: LiveSite) -> Iterator[MakeContext]:
    """Make browser contexts (one person each): `new_context(scripts=False, scheme="dark", width=1280)`."""
    made: list[BrowserContext] = []

    def make(*, scripts: bool = True, scheme: str = "light", width: int = 360, language: str = "km") -> BrowserContext:
        context = chromium.new_context(
            base_url=live.url,
            viewport={"width": width, "height": 740 if width < 800 else 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            locale=language,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)  # a busy SQLite may make a page wait for its lock
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def snap(request: pytest.FixtureRequest) -> Snap:
    """Keep a full-page picture: `snap(page, "home")`."""
    folder = ARTEFACTS / request.node.name.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)

    def keep(page: Page, name: str) -> Path:
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    return keep
