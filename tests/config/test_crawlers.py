"""The addresses that machines ask for at the root, without a language."""

from xml.etree import ElementTree

import pytest
from django.test import Client

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_robots_are_kept_from_private_addresses(client: Client) -> None:
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert {f"Disallow: {path}" for path in ("/admin/", "/accounts/", "/km/search/", "/en/accounts/")} <= set(lines)
    assert "Sitemap: http://testserver/sitemap.xml" in lines


@pytest.mark.django_db
def test_the_sitemap_has_both_languages(client: Client) -> None:
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200
    found = {place.text for place in ElementTree.fromstring(answer.content).iter(f"{SPACE}loc")}  # noqa: S314
    assert {f"http://testserver/{language}/forum/" for language in ("km", "en")} <= found


def test_the_old_icon_leads_to_ours(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/static/favicon.svg")
