"""The front door, and the pages for when something is wrong."""

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from ui.context import MEDIA_CHOICES, MEDIA_COOKIE
from ui.middleware import CODES, YEAR, read_choice

API = "/api/"  # programs read these answers, so trouble is JSON there


@require_safe
@never_cache
def front_door(request: HttpRequest) -> HttpResponse:
    """`/` leads to the language the person set, else the one last read, else Khmer."""
    wished = getattr(request.user, "language", "")
    return redirect(f"/{wished if wished in CODES else read_choice(request)}/")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker keeps for a phone without network."""
    return render(request, "offline.html")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, because a worker cares only for addresses below its own."""
    return render(request, "sw.js", content_type="text/javascript")


@require_POST
def choose_media(request: HttpRequest) -> HttpResponse:
    """The switch between text only and everything, kept on this phone; back to the page it stood on."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)  # `redirect` would take "0" for the name of a view
    choice = request.POST.get("media", "")
    if choice in MEDIA_CHOICES:
        response.set_cookie(MEDIA_COOKIE, choice, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. The address itself may be the trouble, so the page is drawn without the request."""
    if request.path_info.startswith(API):
        return JsonResponse({"detail": "Bad request."}, status=400)
    return HttpResponseBadRequest(get_template("400.html").render())


def too_large(request: HttpRequest) -> HttpResponse:
    """413, drawn without the request: nothing of its body is read."""
    if request.path_info.startswith(API):
        return JsonResponse({"detail": "Too large."}, status=413)
    return HttpResponse(get_template("413.html").render(), status=413)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without the request, the database or a session: any of them may be what broke."""
    if request.path_info.startswith(API):
        return JsonResponse({"detail": "A server error occurred."}, status=500)
    return HttpResponseServerError(get_template("500.html").render())
