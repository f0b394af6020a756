from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from places.services import find_places

NAME_LENGTH = 40


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The answers for `q` as radio buttons of the field `name`: what `places.js` puts below the box."""
    query = request.GET.get("q", "").strip()[:80]
    name = request.GET.get("name", "commune")[:NAME_LENGTH]
    context = {"answers": find_places(query), "query": query, "name": name, "chosen": ""}
    response = render(request, "places/answers.html", context)
    response["Cache-Control"] = "public, max-age=3600"
    return response
