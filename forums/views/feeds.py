"""Feeds of what is public; who asks is not looked at, so that anything between may keep them."""

import uuid
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums import services
from forums.feeds import CONTENT_TYPE, SIZE, feed_of_posts, feed_of_topics, stamp_of
from forums.models import Topic

VISITOR = AnonymousUser()
MAX_AGE = 5 * 60


def answer(request: HttpRequest, stamp: str, write: Callable[[], str]) -> HttpResponse:
    """304 for whoever has this very feed already; else the feed, written only then."""
    known = get_conditional_response(request, stamp)
    response = known if known is not None else HttpResponse(write(), content_type=CONTENT_TYPE)
    response.headers["ETag"] = stamp
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


@require_safe
def forum(request: HttpRequest) -> HttpResponse:
    """The latest topics of all public boards."""
    topics = list(Topic.objects.visible_to(VISITOR).select_related("board", "author").order_by("-last_post_at")[:SIZE])
    title, address = _("Talk with your commune"), reverse("forum")
    stamp = stamp_of(topics, find_language())
    return answer(request, stamp, lambda: feed_of_topics(request, title, address, topics))


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One public board's topics."""
    board = services.get_board(slug, user=VISITOR)
    if board.pk is None:
        raise Http404
    rows = Topic.objects.visible_to(VISITOR).filter(board=board).select_related("board", "author")
    topics = list(rows.order_by("-last_post_at")[:SIZE])
    address = board.get_absolute_url()
    stamp = stamp_of([board, *topics], find_language())
    return answer(request, stamp, lambda: feed_of_topics(request, board.title, address, topics))


@require_safe
def topic(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One public topic's newest posts."""
    topic = get_object_or_404(Topic.objects.visible_to(VISITOR).select_related("board"), public_id=public_id)
    posts = topic.posts.visible().select_related("author", "mask").order_by("-number")
    return answer(request, stamp_of([topic], find_language()), lambda: feed_of_posts(request, topic, posts[:SIZE]))


def find_language() -> str:
    return get_language() or ""
