"""The same page in the other language: its address, and whether there is one."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_from_path
from wagtail.models import Page

COOKIE = settings.LANGUAGE_COOKIE_NAME
_REMEMBERED = "_ui_other_address"


def other_language() -> str:
    """The code of the language this page is not in."""
    return "en" if (get_language() or "km").startswith("km") else "km"


def swap_prefix(path: str, language: str) -> str:
    """`/km/forum/?q=1` -> `/en/forum/?q=1`; a path without a language leads to that language's home."""
    current = get_language_from_path(path)
    return f"/{language}{path[len(current) + 1 :]}" if current else f"/{language}/"


def find_other_address(request: HttpRequest, page: object = None) -> str | None:
    """Path and query string of this page in the other language; None for a Wagtail page that has no live translation.
    At most one query, asked once a request.
    """
    if not hasattr(request, _REMEMBERED):
        setattr(request, _REMEMBERED, _find(request, page))
    address: str | None = getattr(request, _REMEMBERED)
    return address


def remember_twin(request: HttpRequest, page: Page, twin: Page | None) -> None:
    """Tell the live translation of this page, where the view has read it already, so that nobody asks again."""
    setattr(request, _REMEMBERED, _compare(request, page, twin))


def _find(request: HttpRequest, page: object) -> str | None:
    language = other_language()
    if not isinstance(page, Page) or page.pk is None:
        return swap_prefix(request.get_full_path(), language)
    twin = (
        Page.objects.filter(translation_key=page.translation_key, locale__language_code=language, live=True)
        .exclude(pk=page.pk)
        .first()
    )
    return _compare(request, page, twin)


def _compare(request: HttpRequest, page: Page, twin: Page | None) -> str | None:
    if twin is None:
        return None
    here: str | None = page.get_url(request)
    there: str | None = twin.get_url(request)
    if not here or not there or not request.path.startswith(here):
        return there
    return there + request.get_full_path()[len(here) :]  # a quiz below its lesson, and the query string
