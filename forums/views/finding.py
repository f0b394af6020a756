"""Searching everything that the reader may read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums import services
from forums.forms.finding import FindForm
from forums.services.finding import Query, find_posts
from forums.views.boards import TAB
from forums.views.topics import read_number


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Posts by any phrase; `?board=`, `?kind=`, `?status=`, `?days=` and `?waits=1` narrow, `?before=` goes on."""
    slug = request.GET.get("board", "")[:80]
    board = None
    if slug:
        try:
            board = services.get_board(slug, user=request.user)
        except Http404:
            board = None
    sent = FindForm(request.GET)
    before = read_number(request, "before", 0) or None
    query = Query(board=board if board and board.pk else None, before=before, **sent.read())
    found = find_posts(query, user=request.user)
    form = FindForm(initial=sent.cleaned_data | {"q": query.text})
    context = {"tab": TAB, "found": found, "board": board, "form": form, "query": query.text.strip()}
    return render(request, "forums/found.html", context)
