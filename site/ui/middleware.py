"""Khmer first. The address says the language; where it does not, the reader's last choice does, never the browser's
Accept-Language: phones here are often set to English by the shop that sold them.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

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
