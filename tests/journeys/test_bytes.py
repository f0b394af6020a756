"""The byte budget over real HTTP: HTML + CSS of a first render within one initial window, and the whole cold visit."""

import re
import urllib.request

import pytest

from tests.journeys.conftest import MakeContext
from tests.journeys.pages import CLERK, LEARNER, Opener, clerk_pages, core_pages, learner_pages, read, sign_in_to_read
from tests.journeys.site import LiveSite

FIRST_RENDER = 14 * 1024
COLD_VISIT = 60 * 1024
COLD_REQUESTS = 8


def transferred(url: str, opener: Opener | None = None) -> tuple[int, str]:
    """Bytes of head and body as a phone's browser gets them, and the content encoding."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip, deflate, br"})  # noqa: S310
    reach = opener.open if opener else urllib.request.urlopen
    with reach(request, timeout=30) as answer:
        body = answer.read()
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        return len(body) + head, answer.headers.get("Content-Encoding", "")


def weigh(site: str, pages: dict[str, str], opener: Opener | None = None) -> dict[str, int]:
    """Bytes of each page together with its style."""
    sizes = {}
    for name, path in pages.items():
        total, encoding = transferred(site + path, opener)
        assert encoding == "br", name
        for sheet in re.findall(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"', read(site + path, opener)):
            size, encoding = transferred(site + sheet)
            assert encoding == "br", sheet
            total += size
        sizes[name] = total
    return sizes


@pytest.mark.journey
@pytest.mark.parametrize("language", ["km", "en"])
def test_a_first_render_fits_one_window(live: LiveSite, language: str) -> None:
    learner, clerk = (sign_in_to_read(live.url, name, live.password) for name in (LEARNER, CLERK))
    sizes = {
        **weigh(live.url, core_pages(live.url, language)),
        **weigh(live.url, learner_pages(live.url, language, learner), learner),
        **weigh(live.url, clerk_pages(live.url, language, clerk), clerk),
    }
    print(f"\n{language}: HTML + CSS with headers, brotli: {sizes}")
    assert {name: size for name, size in sizes.items() if size > FIRST_RENDER} == {}


@pytest.mark.journey
@pytest.mark.parametrize("language", ["km", "en"])
def test_a_cold_visit_is_small(live: LiveSite, new_context: MakeContext, language: str) -> None:
    seen = {}
    for name, path in core_pages(live.url, language).items():
        page = new_context(language=language).new_page()
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        sizes: list[float] = []
        session.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
        page.goto(path, wait_until="networkidle")
        seen[name] = (len(sizes), int(sum(sizes)))
    print(f"\n{language}: requests and bytes of a cold visit: {seen}")
    too_heavy = {name: cost for name, cost in seen.items() if cost[0] > COLD_REQUESTS or cost[1] > COLD_VISIT}
    assert too_heavy == {}
