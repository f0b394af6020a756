"""A lesson on a phone: a practice question answers in its place, a video plays after a tap, a search finds a lesson."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import MakeContext, Snap

LESSON = "/km/courses/khmer-typing-letters/old-fonts-and-unicode/"


@pytest.mark.journey
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_practice_question_answers_in_its_place(new_context: MakeContext, snap: Snap, scripts: bool) -> None:
    page = new_context(scripts=scripts).new_page()
    page.goto(LESSON)
    question = page.locator("section[id^=q-]").first
    for choice in range(question.locator(".opt").count()):
        question.locator(".opt").nth(choice).click()
        question.get_by_role("button").click()
        expect(question.locator(".opt").nth(choice).locator("small")).to_be_visible()  # this answer's own verdict
        expect(question.locator(".note")).to_be_visible()
        if question.locator(".note.ok").count():
            break
    expect(question.locator(".note.ok")).to_be_visible()
    assert ("?" in page.url) is not scripts
    box = question.bounding_box()
    assert box is not None
    assert 0 <= box["y"] + box["height"] <= 740 + box["height"]  # still before the reader's eyes
    snap(page, "practice")


@pytest.mark.journey
def test_a_video_plays_after_a_tap_and_not_before(new_context: MakeContext) -> None:
    page = new_context().new_page()
    page.goto(LESSON)
    page.evaluate(
        """() => {
          const link = Object.assign(document.createElement("a"), { className: "video", href: "/media/none.mp4" });
          link.dataset.title = "A lesson";
          document.querySelector("article").prepend(link);
          document.head.append(Object.assign(document.createElement("script"), { src: "/static/media.js" }));
        }"""
    )
    page.wait_for_load_state("networkidle")
    page.locator("a.video").click()
    player = page.locator("video.video")
    expect(player).to_have_attribute("title", "A lesson")
    assert page.evaluate("document.activeElement.tagName") == "VIDEO"
    assert page.url.endswith(LESSON)


@pytest.mark.journey
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_catalogue_finds_and_comes_near(new_context: MakeContext, snap: Snap, scripts: bool) -> None:
    page = new_context(scripts=scripts).new_page()
    page.goto("/km/courses/")
    page.get_by_role("searchbox").fill("Limon")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".rows a.to")).to_have_count(1)
    page.locator(".open a").click()
    page.locator("#f_time_1").check()
    page.locator("#f button").click()
    assert re.search(r"q=Limon.*time=30", page.url)
    expect(page.locator("a.tag")).to_have_count(2)
    expect(page.locator(".rows a.to").first).to_be_visible()  # the nearest
    snap(page, "catalogue-nearest")
