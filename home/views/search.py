"""The search page: one box, one list. Works by address, so a result list can be shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from home.services.search import search_site


def search(request: HttpRequest) -> HttpResponse:
    """`?q=` in Khmer or English; pages are found in the reader's language, communes in both."""
    results = search_site(request.GET.get("q", ""), language=get_language() or "km")
    return render(request, "home/search.html", {"results": results})
