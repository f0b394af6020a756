from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from home.services.communes import read_commune, read_directory
from places.models import Commune


@require_safe
def communes(request: HttpRequest) -> HttpResponse:
    """Search by name or code, or go down province by province."""
    directory = read_directory(query=request.GET.get("q", "")[:80], inside=request.GET.get("in", ""))
    return render(request, "home/communes.html", {"directory": directory, "tab": "forum"})


@require_safe
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one commune."""
    place = get_object_or_404(Commune.objects.with_parents(), code=code)
    shown = read_commune(place, user=request.user)
    return render(request, "home/commune.html", {"shown": shown, "commune": place, "tab": "forum"})
