"""The forum's front page, a board, and finding the board of a commune."""

import uuid
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from forums import rules, services
from forums.models import Board, Topic
from forums.models.board import COMMUNE_PREFIX
from forums.querysets import TopicQuerySet
from forums.services.cases.reading import count_waiting
from forums.services.masking import read_by_masks
from forums.services.watching import find_quiet
from places.services import find_former, find_places
from ui.keyset import PARAMETER, KeysetPage, paginate_by_key

TAB = "forum"


def list_topics(request: HttpRequest, topics: TopicQuerySet) -> KeysetPage[Topic]:
    """One page, latest word first, narrowed by `?unanswered=1`."""
    topics = topics.visible_to(request.user)
    if request.GET.get("unanswered"):
        topics = topics.unanswered()

    def dress(rows: QuerySet[Topic]) -> TopicQuerySet:
        return cast(TopicQuerySet, rows).for_list(request.user)

    return paginate_by_key(topics, request, by="-last_post_at", dress=dress)


def list_with_pinned(request: HttpRequest, topics: TopicQuerySet, board: Board | None = None) -> dict[str, Any]:
    """The list, and on its first page what is kept at the top, which then is not listed twice."""
    is_first = not (request.GET.get(PARAMETER) or request.GET.get("unanswered"))
    pinned = services.list_pinned(request.user, board) if is_first else []
    if pinned:
        topics = topics.exclude(pk__in=[topic.pk for topic in pinned])
    page = list_topics(request, topics)
    read_by_masks(request.user, [*pinned, *page])
    return {"pinned": pinned, "topics": page}


@require_safe
def forum(request: HttpRequest) -> HttpResponse:
    """Latest topics of all boards, and the boards."""
    decides = rules.can_see_queue(request.user)
    context = {
        "tab": TAB,
        "decides": decides,
        "quiet": find_quiet(),
        "report_count": count_waiting(request.user) if decides else 0,
        **list_with_pinned(request, Topic.objects.all()),
        "boards": services.list_boards(request.user),
        "unanswered_count": services.count_unanswered(),
        "only_unanswered": bool(request.GET.get("unanswered")),
    }
    return render(request, "forums/forum.html", context)


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One board: who answers, and its topics."""
    board = services.get_board(slug, user=request.user)
    if board.slug != slug:
        return redirect(f"{board.get_absolute_url()}?was={slug.removeprefix(COMMUNE_PREFIX)}", permanent=True)
    services.look_at(board, user=request.user)
    context = {
        "tab": TAB,
        "board": board,
        "quiet": find_quiet(),
        "former": find_former(request.GET.get("was", ""), of=board.commune) if board.commune else None,
        **list_with_pinned(request, Topic.objects.filter(board=board.pk), board),
        "answerers": services.who_answers(board),
        "may_promise": rules.is_official_on(request.user, board),
        "may_write": rules.can_write_in(request.user, board),
        "only_unanswered": bool(request.GET.get("unanswered")),
    }
    return render(request, "forums/board.html", context)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """At most five communes by name or code; each has a board, written in or not."""
    query = request.GET.get("place", "").strip()[:100]
    boards = [Board.for_commune(place) for place in find_places(query)] if query else []  # type: ignore[arg-type]
    context = {"tab": TAB, "query": query, "boards": boards}
    return render(request, "forums/find.html", context)


@require_safe
def of_course(request: HttpRequest, course_key: uuid.UUID) -> HttpResponse:
    """The address lessons link to: they know the course's key, not its board."""
    board = get_object_or_404(Board.objects.visible_to(request.user), course_key=course_key)
    return redirect(board)
