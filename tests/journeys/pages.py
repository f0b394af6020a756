"""The core pages of the byte budget and of the accessibility check, found on the live site as a visitor finds them."""

import re
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar

COMMUNE = "210901"  # the demo office's commune
LEARNER, CLERK = "demo-learner", "demo-clerk"
ID = "[0-9a-f-]{36}"
Opener = urllib.request.OpenerDirector


def read(url: str, opener: Opener | None = None) -> str:
    """The text of a page, as one that asks for no compression gets it."""
    reach = opener.open if opener else urllib.request.urlopen
    with reach(url, timeout=30) as answer:  # (our own address)
        text: str = answer.read().decode()
    return text


def first_link(url: str, pattern: str, opener: Opener | None = None) -> str:
    """The first address on the page that matches; AssertionError names the page when none does."""
    found = re.search(rf'href="({pattern})"', read(url, opener))
    assert found, f"{url} links nothing like {pattern}"
    return found.group(1)


def sign_in_to_read(site: str, name: str, password: str) -> Opener:
    """Reads the site as this person, without a browser."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    url = f"{site}/km/accounts/login/"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', read(url, opener))
    assert token, "the sign-in page has no form"
    fields = {"login": name, "password": password, "csrfmiddlewaretoken": token.group(1)}
    sent = urllib.request.Request(url, urllib.parse.urlencode(fields).encode(), {"Referer": url})  # noqa: S310
    with opener.open(sent, timeout=30) as answer:
        assert "/login/" not in answer.url, f"{name} could not sign in"
    return opener


def learner_pages(site: str, language: str, opener: Opener) -> dict[str, str]:
    """What a volunteer opens most; the demo learner has one of each."""
    requests = f"/{language}/requests"
    find: Callable[[str, str], str] = lambda page, pattern: first_link(site + page, pattern, opener)  # noqa: E731
    mine = f"{requests}/mine/"
    application = find(mine, f"{requests}/applications/{ID}/")
    record = find(f"{requests}/records/", f"{requests}/records/[A-Z0-9]+/")
    return {
        "work": f"{requests}/",
        "request of a member": find(f"{requests}/", f"{requests}/{ID}/"),
        "my page": f"/{language}/me/",
        "my service": mine,
        "my hours": f"{mine}hours/",
        "check-in": f"{requests}/check-in/",
        "application": application,
        "messages": f"{application}messages/",
        "placement": find(mine, f"{requests}/placements/{ID}/"),
        "profile": f"{requests}/profile/",
        "my skills": f"{requests}/skills/",
        "record": record,
        "round": find(f"{requests}/rounds/", f"{requests}/rounds/{ID}/"),
        "notifications": f"/{language}/notifications/",
        "what is told": f"/{language}/notifications/settings/",
        "meeting of a member": find(f"/{language}/communes/{COMMUNE}/", f"/{language}/meetings/{ID}/"),
    }


def clerk_pages(site: str, language: str, opener: Opener) -> dict[str, str]:
    """What an office opens most."""
    desk = f"/{language}/requests/desk/"
    find: Callable[[str, str], str] = lambda page, pattern: first_link(site + page, pattern, opener)  # noqa: E731
    roll = find(f"{desk}attendance/", f"{desk}attendance/{ID}/")
    return {
        "desk": desk,
        "shortlist": find(desk, f"{desk}{ID}/"),
        "hours to confirm": f"{desk}hours/",
        "roll": roll,
        "places": f"{desk}placements/",
        "new request": f"/{language}/requests/new/",
        "surveys": f"/{language}/surveys/",
        "new survey": f"/{language}/surveys/new/",
        "new paper": f"/{language}/communes/{COMMUNE}/documents/new/",
        "inputs": find(desk, f"/{language}/meetings/{ID}/") + "inputs/",
        "room's list": find(desk, f"/{language}/meetings/{ID}/") + "room/desk/",
        "into the room": f"/{language}/hall/",
    }


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
        "meetings": f"{prefix}/communes/{COMMUNE}/meetings/",
        "meeting": first_link(f"{site}{prefix}/communes/{COMMUNE}/", rf"{prefix}/meetings/{ID}/"),
        "plan": f"{prefix}/planning/{COMMUNE}/",
        "papers": f"{prefix}/communes/{COMMUNE}/documents/",
        "paper": first_link(f"{site}{prefix}/communes/{COMMUNE}/", rf"{prefix}/documents/{ID}/"),
        "survey": first_link(f"{site}{prefix}/communes/{COMMUNE}/", rf"{prefix}/survey/[a-z0-9]+/"),
        "participation": f"{prefix}/participation/",
        "participation of a commune": f"{prefix}/communes/{COMMUNE}/participation/",
        "guide": guide,
    }
