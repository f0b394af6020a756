"""Step 6: a question on the commune's board, answered by the clerk while the asker's page is open."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.pages import COMMUNE
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite

BOARD = f"/km/forum/boards/commune-{COMMUNE}/"


def ask(page: Page, title: str, text: str) -> str:
    """Write a question on the commune's board; returns the topic's address."""
    page.goto(f"{BOARD}new/?kind=question")
    page.fill('[name="title"]', title)
    page.fill('[name="source"]', text)
    page.locator("main form button.btn").first.click()
    page.wait_for_url("**/forum/topics/**")
    return page.url.split("#")[0].split("?")[0]


def answer(page: Page, topic: str, text: str) -> None:
    """The clerk's reply, ticked as the official answer."""
    page.goto(topic)
    page.fill('[name="source"]', text)
    page.locator('[name="as_answer"]').check()
    page.locator("#reply button.btn").first.click()
    expect(page.locator(".post.answer")).to_contain_text(text)


def person(new_context: MakeContext, live: LiveSite, name: str, **options: bool) -> Page:
    context: BrowserContext = new_context(**options)
    page = context.new_page()
    sign_in(page, name, live.password)
    return page


@pytest.mark.journey
def test_the_answer_appears_in_the_open_page(live: LiveSite, new_context: MakeContext, snap: Snap) -> None:
    learner = person(new_context, live, "demo-learner")
    clerk = person(new_context, live, "demo-clerk")
    topic = ask(learner, "តើយុវជនអាចមកប្រជុំ CIP បានទេ?", "ខ្ញុំអាយុ ២១ ឆ្នាំ។ តើត្រូវមានលិខិតអញ្ជើញទេ?")
    learner.evaluate("window.untouched = true")
    snap(learner, "question")
    answer(clerk, topic, "បាន។ អ្នកណាក៏មកបានដែរ។ មិនចាំបាច់មានលិខិតទេ។")
    expect(learner.locator("#answer .post.answer")).to_contain_text("អ្នកណាក៏មកបានដែរ", timeout=10_000)
    expect(learner.locator("#answer .ribbon")).to_be_visible()
    expect(learner.locator("#part-head")).not_to_contain_text("មន្ត្រីមិនទាន់ឆ្លើយ")
    assert learner.evaluate("window.untouched") is True  # the page was never loaded again
    snap(learner, "answered-live")


@pytest.mark.journey
def test_with_sockets_off_a_plain_request_waits(live: LiveSite, new_context: MakeContext) -> None:
    learner = new_context().new_page()
    learner.route_web_socket(re.compile("/ws/"), lambda line: line.close())  # as a strict proxy does
    sign_in(learner, "demo-learner", live.password)
    clerk = person(new_context, live, "demo-clerk")
    with learner.expect_response(lambda response: "/ws/topics/" in response.url):  # its head comes at once
        topic = ask(learner, "សាលាឃុំបើកម៉ោងប៉ុន្មាន?", "ថ្ងៃច័ន្ទ តើបើកពីម៉ោងប៉ុន្មាន?")
    learner.evaluate("window.untouched = true")
    answer(clerk, topic, "បើកពីម៉ោង ៧ កន្លះ។")
    expect(learner.locator("#answer .post.answer")).to_contain_text("ម៉ោង ៧ កន្លះ", timeout=10_000)
    assert learner.evaluate("window.untouched") is True


@pytest.mark.journey
def test_with_nothing_but_requests_the_page_polls(live: LiveSite, new_context: MakeContext) -> None:
    learner = new_context().new_page()
    learner.route_web_socket(re.compile("/ws/"), lambda line: line.close())
    learner.route(re.compile("/ws/"), lambda route: route.abort())
    sign_in(learner, "demo-learner", live.password)
    clerk = person(new_context, live, "demo-clerk")
    topic = ask(learner, "អ្នកណាបើកទ្វារសាលាឃុំ?", "ថ្ងៃសៅរ៍ តើមានអ្នកនៅទេ?")
    answer(clerk, topic, "មានស្មៀនម្នាក់។")
    expect(learner.locator("#answer .post.answer")).to_contain_text("ស្មៀនម្នាក់", timeout=60_000)


def numbers(page: Page) -> list[int]:
    """The posts in view, in their order."""
    found: list[int] = page.evaluate(
        "[...document.querySelectorAll('[data-number]')].map((post) => +post.dataset.number)"
    )
    return found


@pytest.mark.journey
def test_a_phone_without_network_misses_nothing_and_sees_nothing_twice(
    live: LiveSite, new_context: MakeContext
) -> None:
    learner, friend = (person(new_context, live, name) for name in ("demo-learner", "demo-moderator"))
    topic = ask(learner, "អ្នកណាទៅសម្អាតប្រឡាយថ្ងៃអាទិត្យ?", "យើងជួបគ្នាម៉ោង ៧ ព្រឹក។")
    expect(learner.locator("#wire")).to_have_attribute("data-state", "on")
    for text, is_away in (("ខ្ញុំទៅ។", False), ("ខ្ញុំយកចប។", True), ("ខ្ញុំយកទឹក។", True), ("ខ្ញុំមកយឺតបន្តិច។", False)):
        learner.context.set_offline(is_away)
        friend.goto(topic)
        friend.fill('[name="source"]', text)
        friend.locator("#reply button.btn").first.click()
        expect(friend.locator(".post").last).to_contain_text(text)
        if is_away:
            expect(learner.locator("#wire")).to_have_attribute("data-state", "off")
    expect(learner.locator(".post").last).to_contain_text("យឺតបន្តិច")
    expect(learner.locator("#wire")).to_have_attribute("data-state", "on")
    assert numbers(learner) == [1, 2, 3, 4, 5]
    friend.reload()
    assert numbers(friend) == [1, 2, 3, 4, 5]


@pytest.mark.journey
def test_without_scripts_the_next_visit_shows_it(live: LiveSite, new_context: MakeContext, snap: Snap) -> None:
    learner = person(new_context, live, "demo-learner", scripts=False)
    clerk = person(new_context, live, "demo-clerk", scripts=False)
    topic = ask(learner, "តើអាចសុំសំបុត្រកំណើតនៅឃុំបានទេ?", "ប្អូនខ្ញុំមិនទាន់មានសំបុត្រកំណើត។")
    answer(clerk, topic, "បាន សូមយកសៀវភៅគ្រួសារមកជាមួយ។")
    learner.locator("#reload").click()
    expect(learner.locator(".post.answer .ribbon")).to_be_visible()
    snap(learner, "answered-plain")
    stranger = new_context(scripts=False).new_page()
    stranger.goto(topic)
    expect(stranger.locator(".post.answer")).to_contain_text("សៀវភៅគ្រួសារ")
