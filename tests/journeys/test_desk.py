"""A clerk at 360 px in Khmer, with one thumb: hours, applicants and the code of a shift, all from the desk."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite

WIDER = "document.documentElement.scrollWidth > innerWidth"


def bring_forward(live: LiveSite) -> None:
    """As if the next shift that somebody comes to began in ten minutes."""
    begins = datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=10)
    with closing(sqlite3.connect(live.folder / "var" / "chuoykhum.sqlite3", timeout=30)) as database, database:
        database.execute("PRAGMA ignore_check_constraints = ON")  # a check of shifts calls a function of Django's
        database.execute(
            "UPDATE volunteers_shift SET starts_at = ?, ends_at = ? WHERE id = (SELECT id FROM volunteers_shift "
            "WHERE starts_at > ? AND seats_filled > 0 AND cancelled_at IS NULL ORDER BY starts_at LIMIT 1)",
            [str(begins), str(begins + timedelta(hours=2)), str(begins)],
        )


def tap(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()
    assert page.url.split("#")[0].endswith("/requests/desk/")
    assert not page.evaluate(WIDER)


@pytest.mark.journey
def test_a_clerk_decides_from_the_desk(live: LiveSite, new_context: MakeContext, snap: Snap) -> None:
    bring_forward(live)
    page = new_context().new_page()
    sign_in(page, "demo-clerk", live.password)
    page.goto("/km/requests/desk/")
    snap(page, "desk")
    waiting = page.locator('a[href="#hours"] >> xpath=ancestor::div[1]').locator("dd")
    before = waiting.inner_text()
    tap(page, '#hours button[name="entry"]')
    expect(page.locator('button[name="undo"]')).to_be_visible()
    snap(page, "hours-confirmed")
    tap(page, 'button[name="undo"]')
    expect(waiting).to_have_text(before)

    new = page.locator("#applicants tbody th.full")
    code = re.search("ក-[០-៩]+", new.first.inner_text())
    assert code
    tap(page, '#applicants form:has(input[value="shortlist"]) button')
    held = page.locator('form[action*="/undo/"]')
    expect(held).to_contain_text(code.group())
    snap(page, "shortlisted")
    tap(page, 'form[action*="/undo/"] button')
    expect(held).to_have_count(0)
    expect(new.first).to_contain_text(code.group())

    page.locator('a.to[href$="/code/"]').first.click()
    expect(page.locator(".digits")).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    expect(page.locator("svg.qr")).to_be_visible()
    snap(page, "code")
