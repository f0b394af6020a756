"""Searching everything that the reader may read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forums import services
from forums.enums import TopicKind
from forums.forms.finding import FindForm
from forums.services.finding import Query, find_posts
from forums.views.boards import TAB
from forums.views.topics import read_number


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Posts by any phrase; `?board=`, `?kind=`, `?waits=1` narrow, `?before=` is the next page."""
    slug, kind = request.GET.get("board", "")[:80], request.GET.get("kind", "")
    board = None
    if slug:
        try:
            board = services.get_board(slug, user=request.user)
        except Http404:
            board = None
    query = Query(
        text=request.GET.get("q", ""),
        board=board if board and board.pk else None,
        kind=kind if kind in TopicKind.values else "",
        waits=bool(request.GET.get("waits")),
        before=read_number(request, "before", 0) or None,
    )
    found = find_posts(query, user=request.user)
    form = FindForm(initial={"q": query.text, "kind": query.kind, "waits": query.waits})
    context = {"tab": TAB, "found": found, "board": board, "form": form, "query": query.text.strip()}
    return render(request, "forums/found.html", context)
