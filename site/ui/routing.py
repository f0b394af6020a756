"""From an address to its Wagtail page in one query. Wagtail walks the tree: two queries a level, four to begin, and one
each for the site and for who may read.
"""

from functools import cache

from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve


def serve_page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Wagtail's own view, told beforehand where the address leads."""
    remember_site(request)
    request._wagtail_route_for_request = find_route(request, path)  # type: ignore[attr-defined]
    response: HttpResponseBase = serve(request, path)
    return response


def remember_site(request: HttpRequest) -> None:
    """Where there is one site, it is the request's: known by its key from Wagtail's cache, the rest read when asked."""
    sites = {root.site_id for root in Site.get_site_root_paths()}
    if len(sites) == 1 and not hasattr(request, "_wagtail_site"):
        request._wagtail_site = Site.from_db(DEFAULT_DB_ALIAS, ["id"], sites)  # type: ignore[attr-defined]


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
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.annotate(here=path).filter(here__startswith=F("page__path"))
    pages = (
        Page.objects.filter(url_path__in=addresses)
        .annotate(is_restricted=Exists(above))
        .select_related("locale", *_kinds())
    )
    page = max(pages, key=lambda page: len(page.url_path), default=None)
    if page is None:
        return None
    kind = page.specific_class
    found: Page = getattr(page, str(kind._meta.model_name)) if kind and kind is not Page else page
    found.is_restricted = page.is_restricted  # type: ignore[attr-defined]
    return found


@cache
def _kinds() -> tuple[str, ...]:
    """The accessors from a page to each class of page."""
    return tuple(
        str(relation.get_accessor_name())
        for relation in Page._meta.related_objects
        if relation.one_to_one and getattr(relation.field.remote_field, "parent_link", False)
    )
