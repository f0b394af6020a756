"""A meeting's live room: a phone in the hall asks by the code, the office shows it, the projector follows."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import MakeContext, Snap
from tests.journeys.people import sign_in
from tests.journeys.site import LiveSite


@pytest.mark.journey
def test_a_question_from_the_hall_comes_on_the_screen(live: LiveSite, new_context: MakeContext, snap: Snap) -> None:
    room = f"/km/meetings/{live.let_meeting_begin()}/room/"
    desk = new_context(width=1280).new_page()
    sign_in(desk, "demo-clerk", live.password)
    desk.goto(f"{room}desk/")
    desk.locator('button[value="open"]').click()
    screen = desk.context.new_page()
    screen.goto(f"{room}screen/")
    digits = screen.locator(".code6").inner_text()

    hall = new_context().new_page()
    hall.goto("/km/hall/")
    hall.fill('[name="code"]', digits)
    hall.locator("main form button.btn").click()
    hall.fill('[name="text"]', "តើផ្លូវជួសជុលពេលណា?")
    hall.locator("#take-part button.btn").click()
    expect(hall.locator("#q-1 [aria-pressed]")).to_be_visible()

    home = new_context(scripts=False).new_page()  # at home, without scripts
    sign_in(home, "demo-learner", live.password)
    home.goto(room)
    home.locator("#q-1 button").click()
    expect(hall.locator("#q-1 button")).to_have_text(re.compile("២"), timeout=10_000)

    expect(screen.locator("#part-top")).to_be_empty()  # nobody of the office has read it yet
    desk.goto(f"{room}desk/")
    desk.locator('#q-1 button[value="next"]').click()
    expect(screen.locator("#part-top")).to_contain_text("តើផ្លូវជួសជុលពេលណា?", timeout=10_000)
    desk.locator('#q-1 button[value="show"]').click()
    expect(screen.locator("#part-screen .q")).to_have_text("តើផ្លូវជួសជុលពេលណា?", timeout=10_000)
    snap(screen, "screen")
    desk.locator("#q-1 summary").click()
    desk.fill('#q-1 [name="note"]', "ក្នុងខែមេសា។")
    desk.locator('#q-1 button[value="answered"]').click()
    expect(hall.locator("#q-1")).to_contain_text("ក្នុងខែមេសា។", timeout=10_000)
    expect(screen.locator("#part-screen")).to_be_empty()
