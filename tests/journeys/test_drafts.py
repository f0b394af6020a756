"""One phone in a family: unsent words come back to whoever typed them and to nobody else."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import MakeContext
from tests.journeys.pages import COMMUNE
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite

NEW = f"/km/forum/boards/commune-{COMMUNE}/new/?kind=question"
BOX = '[name="source"]'
WORDS = "ខ្ញុំមិនចង់ឲ្យអ្នកផ្សេងអានទេ។"
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
    assert read_box(phone, NEW) == WORDS
    context.clear_cookies()  # the session ran out; nobody signed out
    sign_in(phone, "demo-clerk", live.password)
    assert read_box(phone, NEW) == ""
    context.clear_cookies()
    sign_in(phone, "demo-learner", live.password)
    assert read_box(phone, NEW) == WORDS
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
