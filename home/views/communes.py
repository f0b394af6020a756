from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.services.communes import read_commune, read_directory
from places.models import Commune
from places.services import find_current, find_former


@require_safe
def communes(request: HttpRequest) -> HttpResponse:
    """Search by name or code, or go down province by province."""
    directory = read_directory(query=request.GET.get("q", "")[:80], inside=request.GET.get("in", ""))
    return render(request, "home/communes.html", {"directory": directory, "tab": "forum"})


@require_safe
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one commune; one that became part of another leads there, and a sentence says so."""
    place = get_object_or_404(Commune.objects.with_parents(), code=code)
    if place.is_ended:
        return redirect(f"{reverse('commune', args=[find_current(place).code])}?was={code}", permanent=True)
    former = find_former(request.GET.get("was", ""), of=place)
    context = {"shown": read_commune(place, user=request.user), "commune": place, "former": former, "tab": "forum"}
    return render(request, "home/commune.html", context)
