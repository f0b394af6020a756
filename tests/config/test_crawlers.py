"""The addresses that machines ask for at the root, without a language."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from home.services.starter import load_homes

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read_places(client: Client) -> set[str | None]:
    """The addresses in the sitemap."""
    answer = client.get("/sitemap.xml")
    assert answer.status_code == 200
    return {place.text for place in ElementTree.fromstring(answer.content).iter(f"{SPACE}loc")}  # noqa: S314


def test_robots_are_kept_from_private_addresses(client: Client) -> None:
    answer = client.get("/robots.txt")
    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert {f"Disallow: {path}" for path in ("/admin/", "/accounts/", "/km/search/", "/en/accounts/")} <= set(lines)
    assert "Sitemap: http://testserver/sitemap.xml" in lines


@pytest.mark.django_db
def test_the_sitemap_has_public_pages_only(client: Client) -> None:
    homes = load_homes()
    urls = {language: f"http://testserver{home.get_url()}" for language, home in homes.items()}
    assert set(urls.values()) <= read_places(client)
    homes["en"].unpublish()
    assert urls["km"] in read_places(client)
    assert urls["en"] not in read_places(client)


@pytest.mark.django_db
def test_the_sitemap_has_both_languages(client: Client) -> None:
    assert {f"http://testserver/{language}/forum/" for language in ("km", "en")} <= read_places(client)


def test_the_old_icon_leads_to_ours(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/static/favicon.svg")
