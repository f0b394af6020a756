"""Step 8: a resident reads the guides to the CIP without an account."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import MakeContext, Snap


@pytest.mark.journey
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_resident_reads_three_guides(new_context: MakeContext, snap: Snap, scripts: bool) -> None:
    page = new_context(scripts=scripts).new_page()
    page.goto("/km/")
    page.locator('a[href="/km/guides/"]').first.click()
    addresses = [link.get_attribute("href") for link in page.locator("main .rows a.to").all()]
    assert len(addresses) >= 3
    for number, address in enumerate(addresses, 1):
        assert address is not None
        page.goto(address)
        expect(page.locator("main h1")).to_have_count(1)
        assert len(page.locator("main").inner_text()) > 1500
        snap(page, f"guide-{number}")
