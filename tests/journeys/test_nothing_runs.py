"""What people type runs nowhere: every vector, rendered, in a real browser; with our policy and without any."""

from collections.abc import Iterable

import pytest
from playwright.sync_api import Page, Route

from forums.rendering import LONGEST, SCHEMES, clean, to_html
from tests.forums.vectors import VECTORS
from tests.journeys.conftest import MakeContext
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite

FIND_STRANGE = """(schemes) => [...document.querySelectorAll('.post .said *')].flatMap((element) => [
  ...(['P','BR','STRONG','EM','UL','OL','LI','BLOCKQUOTE','CODE','PRE','A','H3','H4','HR'].includes(element.tagName)
    ? [] : [element.outerHTML]),
  ...[...element.attributes].filter(({ name }) => !['href', 'rel', 'start'].includes(name)).map(({ name }) => name),
  ...(element.href && !schemes.includes(element.protocol.slice(0, -1)) ? [element.href] : []),
])"""
STIR = """() => document.querySelectorAll('.post .said, .post .said *').forEach((element) => {
  for (const kind of ['mouseover', 'pointerenter', 'focus', 'load', 'error', 'toggle', 'animationstart'])
    element.dispatchEvent(new Event(kind));
  if (element.tagName === 'A' && !/^(https?|mailto|tel):/.test(element.href)) element.click();
})"""


class Watch:
    """Whatever a page does that reading needs not: dialogs, errors, requests to anyone."""

    def __init__(self, page: Page, allowed: str) -> None:
        self.did: list[str] = []
        page.on("dialog", lambda dialog: (self.did.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith(allowed) or self.did.append(request.url))
        page.on("popup", lambda popup: self.did.append(f"window {popup.url}"))


def show(page: Page, texts: Iterable[str], headers: dict[str, str], address: str) -> Watch:
    """A page of these texts, each in a post's own box, at an address of ours that only this browser knows."""
    body = "".join(f'<article class="post"><div class="said">{text}</div></article>' for text in texts)
    html = f'<!doctype html><html lang="km"><meta charset="utf-8"><link rel="icon" href="data:,"><body>{body}'

    def answer(route: Route) -> None:
        if route.request.url == address:
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)
        else:
            route.abort()

    page.route("**/*", answer)
    watch = Watch(page, address)
    page.goto(address)
    page.evaluate(STIR)
    page.wait_for_timeout(500)
    return watch


@pytest.mark.journey
def test_nothing_that_people_type_runs(live: LiveSite, new_context: MakeContext) -> None:
    rendered = [to_html(clean(vector)) for vector in VECTORS]
    policy = new_context().request.get("/km/forum/").headers["content-security-policy"]
    for headers in ({"content-security-policy": policy}, {}):
        page = new_context().new_page()
        watch = show(page, rendered, headers, f"{live.url}/vectors/")
        assert (watch.did, page.evaluate(FIND_STRANGE, sorted(SCHEMES))) == ([], [])
        assert page.locator(".said").count() == len(VECTORS)
    raw = show(new_context().new_page(), ["<img src=x onerror=alert(1)>"], {}, f"{live.url}/vectors/")
    assert any(did.startswith("dialog") for did in raw.did)  # the watch would have seen it

    page = new_context().new_page()
    watch = Watch(page, live.url)
    sign_in(page, "demo-moderator", live.password)  # nothing holds back what a moderator writes
    page.goto("/km/forum/boards/this-site/new/?kind=discussion")
    page.fill('[name="title"]', '"><img src=x onerror=alert(1)><script>alert(1)</script>')
    page.fill('[name="source"]', clean("\n\n".join(VECTORS))[:LONGEST])
    page.locator("main form button.btn").first.click()
    page.wait_for_url("**/forum/topics/**")
    page.evaluate(STIR)
    assert (watch.did, page.evaluate(FIND_STRANGE, sorted(SCHEMES))) == ([], [])
