"""What each core page costs a visitor and the server, under `quickstart` and under `serve`.

For each page: bytes of HTML + CSS with headers (brotli), requests that the page itself asks for, and the median and
slowest-twentieth milliseconds of sequential GETs on one connection, as a visitor without an account.
Run by hand from the project's folder, on an otherwise idle machine: `python bench/pages.py [GETs a page] [km|en]`.
"""

import http.client
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.home.production import ProductionSite
from tests.journeys.pages import core_pages
from tests.journeys.site import LiveSite

HEADERS = {"Accept-Encoding": "gzip, deflate, br", "Host": "localhost"}
# What a browser fetches for the page itself.
TAGS = re.compile(r"<(?:script|img|link)\b[^>]*>")
LINKS = re.compile(r'rel="(?:stylesheet|icon|manifest)"')
ADDRESS = re.compile(r'(?:href|src)="(/[^"]+)"')
SHEETS = re.compile(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"')


class Visitor:
    """One connection that is kept."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, encodings: str = "gzip, deflate, br") -> tuple[int, bytes]:
        """Bytes of head and body as they travelled, and the body."""
        self.connection.request("GET", path, headers={**HEADERS, "Accept-Encoding": encodings})
        answer = self.connection.getresponse()
        body = answer.read()
        assert answer.status == 200, f"{path}: {answer.status}"
        return len(body) + sum(len(name) + len(value) + 4 for name, value in answer.getheaders()), body

    def measure(self, path: str, times: int) -> list[float]:
        """Milliseconds of each GET, after one that warms the page up."""
        self.get(path)
        spent = []
        for _ in range(times):
            began = time.perf_counter()
            self.get(path)
            spent.append((time.perf_counter() - began) * 1000)
        return spent


def parts_of(html: str) -> set[str]:
    """Addresses of scripts, pictures, style, icon and manifest."""
    tags = [tag for tag in TAGS.findall(html) if not tag.startswith("<link") or LINKS.search(tag)]
    return {address for tag in tags for address in ADDRESS.findall(tag)}


def print_pages(title: str, port: int, pages: dict[str, str], times: int) -> None:
    print(f"\n{title}\n{'page':<10}{'HTML+CSS':>10}{'requests':>10}{'median ms':>11}{'95 % ms':>9}")
    visitor = Visitor(port)
    for name, path in pages.items():
        total, _ = visitor.get(path)
        _, plain = visitor.get(path, "identity")
        html = plain.decode()
        total += sum(visitor.get(sheet)[0] for sheet in set(SHEETS.findall(html)))
        requests = 1 + len(parts_of(html))
        spent = visitor.measure(path, times)
        median, slow = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
        print(f"{name:<10}{total:>10}{requests:>10}{median:>11.1f}{slow:>9.1f}", flush=True)


def main(times: int, language: str) -> None:
    """Start the site by quickstart, measure; then serve the same data by `serve`, measure."""
    with tempfile.TemporaryDirectory() as folder:
        quick = LiveSite(Path(folder))
        quick.start()
        try:
            pages = core_pages(quick.url, language)
            print_pages(f"quickstart, one ASGI process, {language}", quick.port, pages, times)
        finally:
            quick.stop()
        served = ProductionSite(Path(folder))
        served.start("--workers", "1")
        try:
            print_pages(f"serve, one WSGI worker, {language}", served.port, pages, times)
        finally:
            served.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50, sys.argv[2] if len(sys.argv) > 2 else "km")
