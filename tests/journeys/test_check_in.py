"""Two check-ins typed without network: one from the QR code, one with a wrong code. Kept, sent later, and answered."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite
from tests.journeys.test_offline import await_waiting, count_waiting

SHOWS_CODE = "li:has(.tag.ok) a.to[href*='/attendance/']"  # rolls of shifts that are on, or begin within the hour


def sign_up_for_two(page: Page) -> None:
    """The demo learner serves already; the office has made shifts."""
    page.goto("/km/requests/mine/")
    with page.expect_navigation():
        page.locator("a.to[href*='/placements/']").first.click()
    for _ in range(2):
        with page.expect_navigation():
            page.locator('form:has(input[name="verb"][value="sign_up"]) button').first.click()


def read_code(page: Page) -> str:
    """The digits on the office's screen, of the shift that begins soon."""
    page.goto("/km/requests/desk/attendance/")
    page.locator(SHOWS_CODE).last.click()
    page.locator("a.btn[href$='/code/']").click()
    return re.sub(r"\D", "", page.locator(".digits").inner_text())


@pytest.mark.journey
def test_check_ins_without_network_are_kept_sent_and_answered(
    live: LiveSite, new_context: MakeContext, snap: Snap
) -> None:
    context: BrowserContext = new_context()
    page = context.new_page()
    sign_in(page, "demo-learner", live.password)
    sign_up_for_two(page)
    live.let_shifts_begin()
    clerk = new_context().new_page()
    sign_in(clerk, "demo-clerk", live.password)
    code = read_code(clerk)

    page.goto("/km/requests/mine/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/km/requests/mine/")
    page.wait_for_function("caches.open('serving').then((forms) => forms.keys()).then((keys) => keys.length > 2)")
    context.set_offline(True)
    page.goto(f"/en/requests/check-in/?code={code}")  # the office's screen is in English
    expect(page.locator("[name=code]")).to_have_value(code)
    snap(page, "scanned")
    with page.expect_navigation():
        page.locator("main form button.btn").click()
    expect(page.locator("[data-waiting]")).to_be_visible()
    snap(page, "kept")
    page.close()

    page = context.new_page()
    page.goto("/km/requests/check-in/")
    page.fill("[name=code]", "000000")
    with page.expect_navigation():
        page.locator("main form button.btn").click()
    assert count_waiting(page) == 2

    context.clear_cookies()  # the session ended meanwhile
    context.set_offline(False)
    page.goto("/km/")
    page.wait_for_timeout(1500)
    assert count_waiting(page) == 2
    sign_in(page, "demo-learner", live.password)
    page.goto("/km/requests/mine/")
    await_waiting(page, 0)
    page.goto("/km/requests/mine/")
    snap(page, "answered")
    expect(page.locator(".tag.ok", has_text="បានមក")).to_be_visible()
    expect(page.locator(".tag.hot", has_text="លេខកូដមិនត្រូវ")).to_be_visible()
    page.goto("/km/notifications/")
    snap(page, "told")
    expect(page.locator("main li").first).to_be_visible()

    clerk.goto("/km/requests/desk/attendance/")
    snap(clerk, "desk")
    clerk.locator(SHOWS_CODE).first.click()
    snap(clerk, "roll")
    expect(clerk.locator(".tag.hot")).to_be_visible()
