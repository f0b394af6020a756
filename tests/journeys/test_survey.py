"""The survey on a phone without JavaScript: what an answer makes needless goes away, and thanks come at the end."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.pages import COMMUNE
from tests.journeys.site import LiveSite


@pytest.mark.journey
def test_somebody_without_an_account_answers_in_one_page(live: LiveSite, new_context: MakeContext, snap: Snap) -> None:
    page = new_context(scripts=False).new_page()
    page.goto(f"/km/communes/{COMMUNE}/")
    page.locator("a.to[href*='/survey/']").click()
    expect(page.locator(".if-invited")).to_be_visible()
    page.check("[name=heard][value=yes]")
    page.check("[name=invited][value=no]")
    expect(page.locator(".if-invited")).to_be_hidden()
    page.check("[name=joined][value=no]")
    expect(page.locator(".if-absent")).to_be_visible()
    page.check("[name=why_not][value=uninvited]")
    page.check("[name=gave_input][value=no]")
    page.locator("main form button.btn").click()
    expect(page.get_by_role("alert")).to_be_visible()  # one question was left out
    expect(page.locator("[name=why_not][value=uninvited]")).to_be_checked()
    page.check("[name=satisfaction][value=hardly]")
    snap(page, "answered")
    page.locator("main form button.btn").click()
    expect(page.locator(".note.ok")).to_be_visible()
    page.goto(f"/km/communes/{COMMUNE}/participation/")
    expect(page.locator("svg.chart[role=img]")).to_be_visible()
    snap(page, "figures")
