"""The editors' admin brings inline style and script of its own; only there is the policy wider."""

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from csp.constants import SELF, UNSAFE_INLINE
from django.http import HttpRequest
from django.http.response import HttpResponseBase

ADMIN_POLICY = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}


class AdminPolicyMiddleware:
    """Stands inside `CSPMiddleware` and hands it the wider policy for `/admin/`."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if iscoroutinefunction(self):
            return self.later(request)  # type: ignore[return-value]
        return widen(request, self.get_response(request))

    async def later(self, request: HttpRequest) -> HttpResponseBase:
        return widen(request, await self.get_response(request))  # type: ignore[misc]


def widen(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Mark an admin response; every other one keeps the strict policy."""
    if request.path.startswith("/admin/"):
        response._csp_replace = ADMIN_POLICY  # type: ignore[attr-defined]
    return response
