"""Khmer first. The address says the language; where it does not, the reader's last choice does, never the browser's
Accept-Language: phones here are often set to English by the shop that sold them.
"""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme

from ui.languages import COOKIE

YEAR = 60 * 60 * 24 * 365
CODES = {code for code, _ in settings.LANGUAGES}
# Addresses of machines and editors carry no language: a missing one is missing, not to be looked for under /km/.
WITHOUT_LANGUAGE = ("/api/", "/admin/", "/static/", "/media/", "/health/", "/issuers/", "/.well-known/")


def read_choice(request: HttpRequest) -> str:
    """The visitor's last language, Khmer until they chose."""
    choice = request.COOKIES.get(COOKIE, "")
    return choice if choice in CODES else settings.LANGUAGE_CODE


class LanguageMiddleware(LocaleMiddleware):
    """Django's, minus Accept-Language, plus a cookie once someone reads a page in another language than before.

    An editor who looks at a draft in the other language has chosen nothing: Wagtail's previews are marked `is_dummy`.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of the address, else the remembered one."""
        language = translation.get_language_from_path(request.path_info) or read_choice(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Redirect `/forum/` to `/km/forum/`, name the language, remember a changed choice."""
        if response.status_code == 404 and request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        in_path = translation.get_language_from_path(request.path_info)
        varied = response.get("Vary")
        response = super().process_response(request, response)
        if not in_path:
            self._vary_by_cookie(response, varied)
        elif getattr(request, "is_dummy", False):
            return response
        elif response.status_code == 200 and request.method == "GET" and in_path != read_choice(request):
            response.set_cookie(
                COOKIE, in_path, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
            )
        return response

    @staticmethod
    def _vary_by_cookie(response: HttpResponseBase, varied: str | None) -> None:
        """Django says the answer varies by Accept-Language; ours varies by the cookie."""
        if varied is None:
            del response.headers["Vary"]
        else:
            response.headers["Vary"] = varied
        patch_vary_headers(response, ("Cookie",))


class FormsOnlyMiddleware(MiddlewareMixin):
    """About addresses that only take what a form sends.

    Who was signed out meanwhile comes back to the page that the form stands on, not to an address that shows nothing.
    Who opens such an address reads why there is nothing, instead of an empty page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if (
            response.status_code == 405
            and request.method == "GET"
            and not request.path_info.startswith(WITHOUT_LANGUAGE)
        ):
            page = render(request, "405.html", status=405)
            page.headers["Allow"] = response.headers.get("Allow", "")
            return page
        if response.status_code == 302 and request.method == "POST":
            self._come_back(request, response)
        return response

    @staticmethod
    def _come_back(request: HttpRequest, response: HttpResponseBase) -> None:
        """Where the answer is "sign in first, then come back here": to the page before."""
        target, before = urlsplit(response.headers["Location"]), request.headers.get("Referer", "")
        if target.path != reverse("account_login") or QueryDict(target.query).get("next") != request.get_full_path():
            return
        if url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
            page = urlsplit(before)._replace(scheme="", netloc="", fragment="").geturl()
            response.headers["Location"] = f"{target.path}?{urlencode({'next': page})}"
