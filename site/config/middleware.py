"""Small additions to the packages' middleware: a wider policy for the editors' admin, no NUL in an address, brotli for
pages only, gzip for nothing that is compressed already.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.decorators import sync_and_async_middleware
from django_brotli import middleware as brotli_package
from django_brotli.middleware import BrotliMiddleware

from ui.views import bad_request

# A page of twenty Khmer posts is a tenth smaller than with the package's 4, for less than a tenth of a millisecond.
brotli_package.BROTLI_QUALITY = 6

# The editors' admin brings inline style and script of its own; only there is the policy wider.
COMPRESSED = ("image/", "audio/", "video/")
ADMIN_POLICY = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}


@sync_and_async_middleware
def admin_policy(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Stands inside `CSPMiddleware` and hands it the wider policy for `/admin/`."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return widen(request, await get_response(request))

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        return widen(request, get_response(request))

    return now


def widen(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Mark an admin response; every other one keeps the strict policy."""
    if request.path.startswith("/admin/"):
        response._csp_replace = ADMIN_POLICY  # type: ignore[attr-defined]
    return response


@sync_and_async_middleware
def refuse_nul(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """400 for an address that carries a NUL: nobody types one, and PostgreSQL takes none."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            answer: HttpResponseBase = bad_request(request) if has_nul(request) else await get_response(request)
            return answer

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = bad_request(request) if has_nul(request) else get_response(request)
        return answer

    return now


def has_nul(request: HttpRequest) -> bool:
    """In the decoded path or in the query, written out or as %00."""
    query = request.META.get("QUERY_STRING", "")
    return "\x00" in request.path_info or "\x00" in query or "%00" in query


class PagesBrotliMiddleware(BrotliMiddleware):
    """Leaves streams to gzip: the package reads a stream as UTF-8 text, and a spreadsheet is none."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.streaming:
            return response
        compressed: HttpResponse = super().process_response(request, response)
        return compressed


class TextGzipMiddleware(GZipMiddleware):
    """Leaves pictures, sounds and videos as they are: they are compressed, and a part of one must stay that part."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if response.has_header("Content-Range") or (kind.startswith(COMPRESSED) and kind != "image/svg+xml"):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
