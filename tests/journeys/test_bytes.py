"""The byte budget over real HTTP: HTML + CSS of a first render within one initial window, and the whole cold visit."""

import re
import urllib.request

import pytest

from tests.journeys.conftest import MakeContext
from tests.journeys.pages import core_pages
from tests.journeys.site import LiveSite

FIRST_RENDER = 14 * 1024
COLD_VISIT = 60 * 1024
COLD_REQUESTS = 8


def transferred(url: str) -> tuple[int, str]:
    """Bytes of head and body as a phone's browser gets them, and the content encoding."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip, deflate, br"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        body = answer.read()
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        return len(body) + head, answer.headers.get("Content-Encoding", "")


@pytest.mark.journey
@pytest.mark.parametrize("language", ["km", "en"])
def test_a_first_render_fits_one_window(live: LiveSite, language: str) -> None:
    sizes = {}
    for name, path in core_pages(live.url, language).items():
        with urllib.request.urlopen(live.url + path, timeout=30) as answer:  # noqa: S310
            html = answer.read().decode()
        total, encoding = transferred(live.url + path)
        assert encoding == "br"
        sheets = re.findall(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"', html)
        for sheet in sheets:
            size, encoding = transferred(live.url + sheet)
            assert encoding == "br"
            total += size
        sizes[name] = total
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
