"""Steps 1 to 3 at 360 px in Khmer, with JavaScript and without: arrive, learn, join, finish, be granted the skill."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.people import lessons, sign_up_by_name, take_quiz

COURSE = "/km/courses/spreadsheets/"


@pytest.mark.journey
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_visitor_understands_and_changes_language_in_place(
    new_context: MakeContext, snap: Snap, scripts: bool
) -> None:
    page = new_context(scripts=scripts).new_page()
    page.goto("/")
    assert page.url.endswith("/km/")
    assert page.locator("html").get_attribute("lang") == "km"
    snap(page, "home")
    for door in page.locator(".who a.to").all():  # the three audiences stand on the first screen
        box = door.bounding_box()
        assert box is not None
        assert box["y"] < 740
    for path in ("/km/", COURSE, f"{COURSE}totals/", "/km/guides/", "/km/accounts/signup/", "/km/requests/"):
        page.goto(path)
        page.locator('a[hreflang="en"]').first.click()
        assert page.url.split("/", 3)[3] == path.replace("/km/", "en/", 1)
        assert page.locator("html").get_attribute("lang") == "en"


@pytest.mark.journey
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_learner_starts_without_an_account_and_finishes_with_one(
    new_context: MakeContext, snap: Snap, scripts: bool
) -> None:
    page = new_context(scripts=scripts).new_page()
    course = lessons()
    first, *others = course
    page.goto(COURSE)
    snap(page, "course")
    page.goto(f"{COURSE}{first}/")
    snap(page, "lesson")
    take_quiz(page, f"{COURSE}{first}/", course[first], wrong=1)
    snap(page, "result")
    page.goto(COURSE)
    expect(page.locator(".dot.done")).to_have_count(1)

    name = f"sreymom-{'scripts' if scripts else 'plain'}"
    codes = sign_up_by_name(page, name, "riel-krama-palm-77", birth_year=2003, step_by_step=not scripts)
    snap(page, "recovery-codes")
    assert len(codes) >= 8
    page.goto(COURSE)
    expect(page.locator(".dot.done")).to_have_count(1)  # what the visitor did is the member's now

    for slug in others:
        take_quiz(page, f"{COURSE}{slug}/", course[slug])
    page.goto(COURSE)
    expect(page.locator(".dot.done")).to_have_count(len(course))
    snap(page, "finished-course")
    page.goto("/km/me/")
    snap(page, "me")
    expect(page.get_by_text("តារាង Excel", exact=False).first).to_be_visible()
