"""From an address to its Wagtail page in one query. Wagtail walks the tree: two queries a level and four to begin."""

from functools import cache

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve


def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's own view, told beforehand where the address leads."""
    request._wagtail_route_for_request = find_route(request, path)  # type: ignore[attr-defined]
    response: HttpResponseBase = serve(request, path)
    return response


def find_route(request: HttpRequest, path: str) -> RouteResult | None:
    """The page at this address in the active language, or the page above it that knows the last part (a quiz)."""
    components = [part for part in path.split("/") if part]
    address = _join(_find_root(), components)
    page = _find_page([address, _join(_find_root(), components[:-1])])
    if page is None:
        return None
    try:
        result: RouteResult = page.route(request, [] if page.url_path == address else components[-1:])
    except Http404:
        return None
    return result


def _find_root() -> str:
    """The url path of the home page in the active language, from the cache that Wagtail keeps of its sites."""
    roots: dict[str | None, str] = {root.language_code: root.root_path for root in reversed(Site.get_site_root_paths())}
    return roots.get(get_language() or "", "/")


def _join(root: str, components: list[str]) -> str:
    return "/".join([root.rstrip("/"), *components, ""])


def _find_page(addresses: list[str]) -> Page | None:
    """The deepest page at one of these url paths, as the class it is."""
    pages = Page.objects.filter(url_path__in=addresses).select_related("locale", *_kinds())
    page = max(pages, key=lambda page: len(page.url_path), default=None)
    if page is None:
        return None
    kind = page.specific_class
    found: Page = getattr(page, str(kind._meta.model_name)) if kind and kind is not Page else page
    return found


@cache
def _kinds() -> tuple[str, ...]:
    """The accessors from a page to each class of page."""
    return tuple(
        str(relation.get_accessor_name())
        for relation in Page._meta.related_objects
        if relation.one_to_one and getattr(relation.field.remote_field, "parent_link", False)
    )
