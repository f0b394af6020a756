"""A round at 360 px in Khmer: a youth ranks, a clerk scores blind, staff draw and confirm, the youth reads why."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.site import LiveSite
from tests.journeys.test_request import person, post_request, press

DAYS = ("opens_at", "choices_close_at", "scoring_closes_at", "draw_at", "confirm_by", "second_closes_at")
TITLES = ("វាយលិខិតក្នុងជុំ ក", "វាយលិខិតក្នុងជុំ ខ")


def plan_round(page: Page) -> str:
    """With both requests, opened at once; its address."""
    page.goto("/km/requests/rounds/new/")
    page.fill('[name="name_km"]', "ជុំសាកល្បង")
    page.fill('[name="seed_source_km"]', "រង្វាន់ទីមួយនៃឆ្នោតជាតិ ថ្ងៃទី ១")
    page.fill('[name="commune"]', "210901")
    for place, name in enumerate(DAYS):
        page.fill(f'[name="{name}"]', f"{datetime.now() + timedelta(days=1 + place):%Y-%m-%dT%H:%M}")  # noqa: DTZ005
    page.locator("main form button.btn").last.click()
    address = page.url.removesuffix("lead/")
    page.goto(f"{address}lead/requests/")
    for title in TITLES:
        page.locator("label", has_text=title).locator("input").check()
    page.locator('button[name="do"][value="add:"]').click()
    page.goto(f"{address}lead/")
    press(page, "open")
    return address


def apply_and_rank(page: Page, address: str) -> None:
    """Both requests onto the list, then the second one first, by the keyboard."""
    for title in TITLES:
        page.goto(address)
        page.locator("#requests a.to", has_text=title).click()
        for tick in page.locator('#apply [name="times"]').all():
            tick.check()
        page.fill('[name="answer_1"]', "ខ្ញុំធ្លាប់វាយលិខិតនៅសាលា។")
        page.fill('[name="answer_2"]', "ខ្ញុំនឹងសួរស្មៀនឃុំជាមុន។")
        page.locator('[name="agrees"]').check()
        page.locator("#apply button.btn").click()
    expect(page.locator("#list li")).to_have_count(2)
    up = page.locator("#list li").nth(1).locator('button[value^="up:"]')
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#list li").first).to_contain_text(TITLES[1])
    expect(page.locator("[data-saved]")).not_to_be_empty()
    page.reload()
    expect(page.locator("#list li").first).to_contain_text(TITLES[1])


def score(page: Page, address: str) -> None:
    for title in TITLES:
        page.goto(f"{address}office/")
        page.locator("a.to", has_text=title).click()
        for four in page.locator('.sheet input[value="4"]').all():
            four.check(force=True)
        page.locator(".sheet button.btn").click()
        expect(page.locator(".sheet .tag.ok")).to_contain_text("៤")


def draw_and_confirm(page: Page, address: str, live: LiveSite) -> None:
    page.goto(f"{address}lead/")
    press(page, "all_scored")
    live.let_round_days_pass("choices_close_at", "scoring_closes_at", "draw_at")
    page.goto(f"{address}lead/")
    page.fill('[name="seed"]', "634217")
    page.fill("#seed-note", "ឆ្នោតជាតិ")
    page.locator('form[action$="/lead/draw/"] button').click()
    page.locator('form[action$="/lead/run/"] button').click()
    page.fill("#confirm-note", "ពិនិត្យហើយ")
    page.locator('form[action$="/confirm/"] button').click()
    press(page, "send_offers")


@pytest.mark.journey
def test_from_a_ranked_list_to_the_reason(live: LiveSite, new_context: MakeContext, snap: Snap) -> None:
    clerk = person(new_context, live, "demo-clerk", scripts=False)
    for title in TITLES:
        post_request(clerk, title)
    staff = person(new_context, live, "demo-admin", scripts=False)
    address = plan_round(staff)
    learner = person(new_context, live, "demo-learner", scripts=True)
    apply_and_rank(learner, address)
    snap(learner, "list")
    live.let_round_days_pass("choices_close_at")
    learner.goto(address)
    expect(learner.locator("#list")).not_to_contain_text("up:")
    score(clerk, address)
    draw_and_confirm(staff, address, live)
    outcome = learner.locator("#outcome")
    learner.goto(address)
    expect(outcome.locator("h2")).to_contain_text("១")
    expect(outcome.locator("li").first).to_contain_text(TITLES[1])
    expect(outcome.locator("li").nth(1)).to_contain_text("មិនចាំបាច់ទេ")
    snap(learner, "outcome")
    learner.locator('a[href*="/record-1/"]').first.click()
    expect(learner.locator(".note.ok")).to_be_visible()
    expect(learner.locator("main")).to_contain_text(re.compile("ត្រឹមត្រូវទាំងអស់"))
    snap(learner, "check")
