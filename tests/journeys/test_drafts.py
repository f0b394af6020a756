"""One phone in a family: unsent words come back to whoever typed them and to nobody else."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import MakeContext
from tests.journeys.pages import COMMUNE
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite

PROTECTED = f"/km/forum/boards/commune-{COMMUNE}/protected/"
CELLS = "Object.entries(localStorage).filter(([name]) => name.startsWith('cell:')).map(([, words]) => words.length)"
NEW = f"/km/forum/boards/commune-{COMMUNE}/new/?kind=question"
BOX = '[name="source"]'
WORDS = "ខ្ញុំមិនចង់ឲ្យអ្នកផ្សេងអានទេ។"
POLL = {'[name="poll-question"]': "ថ្ងៃណា?", '[name="poll-options"]': "សៅរ៍\nអាទិត្យ"}
DRAFTS = "Object.keys(localStorage).filter((name) => name.startsWith('draft:')).length"


def read_box(page: Page, address: str) -> str:
    page.goto(address)
    return page.input_value(BOX)


@pytest.mark.journey
def test_a_shared_phone_keeps_drafts_apart(live: LiveSite, new_context: MakeContext) -> None:
    context = new_context()
    phone = context.new_page()
    sign_in(phone, "demo-learner", live.password)
    phone.goto(NEW)
    phone.fill(BOX, WORDS)
    phone.locator("details", has=phone.locator('[name="poll-options"]')).locator("summary").click()
    for name, words in POLL.items():
        phone.fill(name, words)
    assert read_box(phone, NEW) == WORDS
    context.clear_cookies()  # the session ran out; nobody signed out
    sign_in(phone, "demo-clerk", live.password)
    assert read_box(phone, NEW) == ""
    context.clear_cookies()
    sign_in(phone, "demo-learner", live.password)
    assert read_box(phone, NEW) == WORDS
    for name, words in POLL.items():
        expect(phone.locator(name)).to_be_visible()
        expect(phone.locator(name)).to_have_value(words)
    phone.fill('[name="title"]', "តើការិយាល័យបើកថ្ងៃសៅរ៍ទេ?")
    phone.locator("main form button.btn").first.click()
    phone.wait_for_url("**/forum/topics/**")
    assert phone.evaluate(DRAFTS) == 0
    topic = phone.url.split("#")[0]
    phone.fill(BOX, WORDS)
    assert read_box(phone, topic) == WORDS
    phone.goto("/km/me/settings/")
    phone.locator("main form[data-sign-out] button").click()
    expect(phone.locator("form[data-sign-out]")).to_have_count(0)
    assert phone.evaluate(DRAFTS) == 0


@pytest.mark.journey
def test_protected_words_wait_locked_on_a_shared_phone(live: LiveSite, new_context: MakeContext) -> None:
    """A closed tab and an ended session lose nothing; the next person finds cells like everybody's."""
    context = new_context()
    phone = context.new_page()
    sign_in(phone, "demo-learner", live.password)
    phone.goto(PROTECTED)
    expect(phone.locator("[data-box-kept]")).to_be_visible()
    empty = phone.evaluate(CELLS)
    phone.fill(BOX, WORDS)
    phone.wait_for_function("before => localStorage.getItem(before[0]) !== before[1]", arg=read_cell(phone))
    assert (phone.evaluate(CELLS), len(set(empty)), len(empty)) == (empty, 1, 4)
    assert WORDS not in phone.evaluate("JSON.stringify(localStorage)")
    phone.close()
    phone = context.new_page()
    phone.goto(PROTECTED)
    expect(phone.locator(BOX)).to_have_value(WORDS)
    context.clear_cookies()
    sign_in(phone, "demo-admin", live.password)
    assert read_box(phone, PROTECTED) == ""
    context.clear_cookies()
    sign_in(phone, "demo-learner", live.password)
    phone.goto(PROTECTED)
    expect(phone.locator(BOX)).to_have_value(WORDS)
    phone.fill('[name="title"]', "តើការិយាល័យបើកថ្ងៃសៅរ៍ទេ?")
    phone.check('[name="understood"]')
    phone.locator("main form button.btn").first.click()
    phone.wait_for_url("**/forum/**/**-**")
    phone.goto(PROTECTED)
    expect(phone.locator("[data-box-kept]")).to_be_visible()
    assert phone.input_value(BOX) == ""


def read_cell(phone: Page) -> list[str]:
    """The cell the form writes, and what is in it."""
    number = phone.input_value('[name="cell"]')
    name = f"cell:{phone.evaluate('document.documentElement.dataset.owner')}:{number}"
    return [name, str(phone.evaluate("name => localStorage.getItem(name)", name))]
