"""Steps 4 and 5 at 360 px in Khmer: a clerk posts from a template, a youth applies, is chosen blind and accepts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite

LEARNER_NAME = "ដារ៉ា"


def person(new_context: MakeContext, live: LiveSite, name: str, *, scripts: bool) -> Page:
    page = new_context(scripts=scripts).new_page()
    sign_in(page, name, live.password)
    return page


def post_request(page: Page, title: str) -> None:
    """From the template for letters, with one seat and no course to finish first."""
    page.goto("/km/requests/new/")
    page.locator('a.to[href*="template=letters"]').click()
    page.fill('[name="title_km"]', title)
    page.fill('[name="seats"]', "1")
    for tick in page.locator('[name="courses"]:checked').all():
        tick.uncheck(force=True)
    page.locator('[name="costs_covered"][value="transport"]').check(force=True)
    page.locator('[name="declares_trained"]').check(force=True)
    page.locator('button[name="do"][value="publish"]').click()


def press(page: Page, verb: str) -> None:
    """The button of the form that carries this verb."""
    with page.expect_navigation():
        page.locator(f'form:has(input[name="verb"][value="{verb}"]) button').first.click()


@pytest.mark.journey
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_from_a_need_to_an_accepted_place(live: LiveSite, new_context: MakeContext, snap: Snap, scripts: bool) -> None:
    title = f"វាយលិខិតឃុំ {'ក' if scripts else 'ខ'}"
    clerk = person(new_context, live, "demo-clerk", scripts=scripts)
    post_request(clerk, title)
    snap(clerk, "posted")

    learner = person(new_context, live, "demo-learner", scripts=scripts)
    learner.goto("/km/requests/?province=21&district=2109&commune=210901")
    row = learner.locator("li").filter(has=learner.locator("a.to", has_text=title))
    expect(row.locator(".tag.ok").first).to_be_visible()  # why it matches
    snap(learner, "list")
    row.locator("a.to").click()
    snap(learner, "request")
    for tick in learner.locator('#apply [name="times"]').all():
        tick.check()
    learner.fill('[name="answer_1"]', "ខ្ញុំធ្លាប់វាយលិខិតនៅសាលា។")
    learner.fill('[name="answer_2"]', "ខ្ញុំនឹងសួរស្មៀនឃុំជាមុន។")
    learner.locator('[name="agrees"]').check()
    learner.locator("#apply button.btn").click()
    expect(learner.locator(".track [aria-current]")).to_be_visible()
    application = learner.url.split("#")[0]
    snap(learner, "applied")

    clerk.goto("/km/requests/desk/")
    snap(clerk, "desk")
    clerk.locator("a", has_text=title).first.click()
    main = clerk.locator("main")
    expect(main).to_contain_text(re.compile("ក-[០-៩]+"))
    assert LEARNER_NAME not in clerk.content().split("<main")[1]
    snap(clerk, "blind-shortlist")
    for verb in ("shortlist", "offer"):
        if not clerk.locator("td details[open]").count():
            clerk.locator("td details summary").first.click()
        press(clerk, verb)
        live.let_news_out()
        learner.goto(application)
        snap(learner, f"after-{verb}")
    press(learner, "accept")
    snap(learner, "accepted")
    expect(learner.locator(".panel dl.facts")).to_be_visible()
    clerk.reload()
    assert LEARNER_NAME in clerk.content()  # the name comes with acceptance, not before
    expect(main).to_contain_text(re.compile("១ ក្នុង ១"))
    stranger = new_context(scripts=scripts).new_page()
    answer = stranger.goto(application)
    assert answer is not None
    assert "/accounts/login/" in stranger.url or answer.status == 404


@pytest.mark.journey
def test_an_unverified_office_waits_for_approval(live: LiveSite, new_context: MakeContext, snap: Snap) -> None:
    title = "វាយលិខិតឃុំជាងទង"
    clerk = person(new_context, live, "demo-new-clerk", scripts=True)
    post_request(clerk, title)
    visitor = new_context().new_page()
    visitor.goto("/km/requests/")
    expect(visitor.locator("a.to", has_text=title)).to_have_count(0)
    admin = person(new_context, live, "demo-admin", scripts=True)
    admin.goto("/admin/")
    admin.goto("/admin/requests/")
    snap(admin, "waiting")
    admin.get_by_role("link", name=re.compile(title)).first.click()
    snap(admin, "check")
    admin.locator('button[name="approve"]').click()
    visitor.reload()
    expect(visitor.locator("a.to", has_text=title)).to_have_count(1)
