"""A course saved on the phone: read and answered without a network, sent when it is back."""

import time

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.people import answer_question, lessons, plain, take_quiz

COURSE = "/km/courses/spreadsheets/"
WAITING_FOR_SOMEBODY_ELSE = """(address) => caches.open("outbox").then((box) => box.put("/outbox/1", new Response(
  JSON.stringify({ url: address, from: address, body: "", owner: "somebody else", at: new Date().toISOString() }))))"""


def let_worker_in(page: Page) -> None:
    """The worker takes over a page with the visit after the one that installed it."""
    page.goto(COURSE)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(COURSE)
    assert page.evaluate("navigator.serviceWorker.controller !== null")


def count_waiting(page: Page) -> int:
    found: int = page.evaluate("caches.open('outbox').then((box) => box.keys()).then((keys) => keys.length)")
    return found


def await_waiting(page: Page, count: int) -> None:
    deadline = time.monotonic() + 30
    while count_waiting(page) != count:
        assert time.monotonic() < deadline
        page.wait_for_timeout(200)


def save_course(page: Page) -> None:
    page.locator("[data-save] button").first.click()
    expect(page.locator("[data-say=saved]")).to_be_visible(timeout=60_000)


@pytest.mark.journey
def test_a_saved_course_is_learnt_without_network_and_sent_later(new_context: MakeContext, snap: Snap) -> None:
    context: BrowserContext = new_context()
    page = context.new_page()
    let_worker_in(page)
    save_course(page)
    snap(page, "saved-course")
    course = lessons()
    first = next(iter(course))

    context.set_offline(True)
    page.goto("/km/courses/")
    snap(page, "offline")
    with page.expect_navigation():
        page.locator("[data-saved] a.to").click()
    assert page.url.endswith(COURSE)
    with page.expect_navigation():
        page.locator("ol a.to").first.click()
    expect(page.locator("h1")).to_be_visible()
    with page.expect_navigation():
        page.locator("form[action*=done] button").click()
    expect(page.locator("[data-waiting]")).to_be_visible()
    assert "/quiz/" in page.url
    snap(page, "waiting")
    for number in range(len(course[first])):
        shown = plain(page.locator("legend h1").inner_text())
        question = next(each for each in course[first] if plain(each["text"]["km"]) == shown)
        answer_question(page, question, "km")
        with page.expect_navigation():
            page.locator("form.stack button.btn").first.click()
        expect(page.locator("[data-waiting]")).to_be_visible()
        assert count_waiting(page) == number + 2
    assert page.url.endswith("/km/offline/?waiting=1")
    expect(page.locator("[data-count]")).to_have_text("០១២៣៤៥៦៧៨៩"[len(course[first]) + 1])
    snap(page, "all-waiting")

    context.set_offline(False)
    page.goto("/km/learn/")
    await_waiting(page, 0)
    page.goto("/km/learn/")
    expect(page.get_by_text("ជាប់", exact=True)).to_be_visible()
    expect(page.locator(".dot.done")).to_have_count(1)
    snap(page, "sent")


@pytest.mark.journey
def test_a_saved_course_can_be_removed(new_context: MakeContext) -> None:
    page = new_context().new_page()
    let_worker_in(page)
    save_course(page)
    page.reload()
    expect(page.locator("[data-say=saved]")).to_be_visible()
    page.locator("[data-save] button").last.click()
    expect(page.locator("[data-say=unsaved]")).to_be_visible()
    assert page.evaluate("caches.keys().then((names) => names.some((name) => name.startsWith('course:')))") is False


@pytest.mark.journey
def test_a_quiz_that_was_done_before_is_taken_again_without_network(new_context: MakeContext) -> None:
    """The page it was begun on then shows the result, which has no form; nobody else's waiting forms hold it up."""
    context: BrowserContext = new_context()
    page = context.new_page()
    let_worker_in(page)
    save_course(page)
    first, questions = next(iter(lessons().items()))
    address = f"{COURSE}{first}/quiz/"
    take_quiz(page, f"{COURSE}{first}/", questions, wrong=len(questions))
    page.evaluate(WAITING_FOR_SOMEBODY_ELSE, address)

    context.set_offline(True)
    page.goto(address)
    answer_question(page, questions[0], "km")
    with page.expect_navigation():
        page.locator("form.stack button.btn").first.click()
    assert count_waiting(page) == 2

    context.set_offline(False)
    page.goto("/km/learn/")
    await_waiting(page, 1)
    page.goto(f"{COURSE}{first}/history/")
    expect(page.locator("ul.rows li")).to_have_count(2)
