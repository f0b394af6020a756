"""The front door, and the pages for when something is wrong."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseServerError, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from ui.middleware import CODES, read_choice

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


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400. The address itself may be the trouble, so the page is drawn without the request."""
    if request.path_info.startswith(API):
        return JsonResponse({"detail": "Bad request."}, status=400)
    return HttpResponseBadRequest(get_template("400.html").render())


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without the request, the database or a session: any of them may be what broke."""
    if request.path_info.startswith(API):
        return JsonResponse({"detail": "A server error occurred."}, status=500)
    return HttpResponseServerError(get_template("500.html").render())
