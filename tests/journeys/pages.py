"""The core pages of the byte budget and of the accessibility check, found on the live site as a visitor finds them."""

import re
import urllib.request

COMMUNE = "210901"  # the demo office's commune


def read(url: str) -> str:
    """The text of a page, as one that asks for no compression gets it."""
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310  (our own address)
        text: str = answer.read().decode()
    return text


def first_link(url: str, pattern: str) -> str:
    """The first address on the page that matches; AssertionError names the page when none does."""
    found = re.search(rf'href="({pattern})"', read(url))
    assert found, f"{url} links nothing like {pattern}"
    return found.group(1)


def core_pages(site: str, language: str) -> dict[str, str]:
    """Name to path of the pages that people open most."""
    prefix = f"/{language}"
    course = f"{prefix}/courses/spreadsheets/"
    lesson = first_link(site + course, rf"{course}[a-z0-9-]+/")
    request = first_link(f"{site}{prefix}/requests/", rf"{prefix}/requests/[0-9a-f-]{{36}}/")
    board = f"{prefix}/forum/boards/commune-{COMMUNE}/"
    topic = first_link(site + board, rf"{prefix}/forum/topics/[0-9a-f-]{{36}}/")
    guide = first_link(f"{site}{prefix}/guides/", rf"{prefix}/guides/[a-z0-9-]+/")
    return {
        "home": f"{prefix}/",
        "catalogue": f"{prefix}/courses/",
        "course": course,
        "lesson": lesson,
        "quiz": f"{lesson}quiz/",
        "requests": f"{prefix}/requests/",
        "request": request,
        "board": board,
        "topic": topic,
        "commune": f"{prefix}/communes/{COMMUNE}/",
        "guide": guide,
    }
