"""Public pages that say whether a paper is real: a certificate, a service record, a badge."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def checked(view: View) -> View:
    """Counts how often an address asks, over all kinds of papers together, and keeps search engines out."""

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limited = ratelimit.consume_or_429(request, action="verify", limit_get=True)
        response: HttpResponse = limited or view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(counted)


def answer_pdf(pdf: bytes, name: str) -> HttpResponse:
    """A paper to keep, under this file name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
