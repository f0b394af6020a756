"""What one person follows, keeps and has not read; seen and changed by nobody else."""

import uuid
from dataclasses import replace
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from forums import services
from forums.forms.following import FollowForm, HabitForm
from forums.models import Board, Bookmark, ReaderSettings, Subscription, Topic
from forums.services import following, keeping, unread
from forums.services.masking import read_by_masks
from forums.views.boards import TAB
from forums.views.topics import find_topic
from ui.keyset import paginate_by_key


@login_required
def follow_topic(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    return follow(request, find_topic(request, public_id))


@login_required
def follow_board(request: HttpRequest, slug: str) -> HttpResponse:
    board = services.get_board(slug, user=request.user)
    if request.method == "POST":
        board = services.save_board(board)
    return follow(request, board)


def follow(request: HttpRequest, thing: Topic | Board) -> HttpResponse:
    """Choose what to hear of it; one tap follows or stops from the page of the thing itself."""
    sent = request.POST if request.method == "POST" else None
    form = FollowForm(sent, initial={"level": getattr(thing, "follow", "")})
    if form.is_bound and form.is_valid():
        following.follow(thing, by=cast(User, request.user), level=form.cleaned_data["level"])
        messages.success(request, _("Kept. You can change it at any time."))
        return redirect(thing)
    context = {"tab": TAB, "thing": thing, "form": form}
    return render(request, "forums/follow.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def keep(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Put a post on one's own list, or take it off with `keep=no`."""
    topic = find_topic(request, public_id)
    post = get_object_or_404(topic.posts.select_related("topic"), number=number)
    is_kept = request.POST.get("keep") != "no"
    keeping.keep(post, by=cast(User, request.user), is_kept=is_kept)
    messages.success(request, _("You find it in your list.") if is_kept else _("It is off your list."))
    return redirect(post)


@never_cache
@login_required
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Posts the person keeps, the last kept first."""
    rows = Bookmark.objects.visible_to(request.user).select_related("post__topic__board", "post__author")
    return render(request, "forums/kept.html", {"tab": TAB, "bookmarks": paginate_by_key(rows, request)})


@never_cache
@login_required
@require_safe
def unread_topics(request: HttpRequest) -> HttpResponse:
    """Topics with something new for this person, the latest word first."""
    user = cast(User, request.user)
    topics = Topic.objects.visible_to(user).unread_by(user).select_related("board", "idea", "asked")
    page = paginate_by_key(topics, request, by="-last_post_at")
    read_by_masks(user, page)
    shown = replace(page, items=[topic for topic in page if topic.unread > 0])  # type: ignore[attr-defined]
    return render(request, "forums/unread.html", {"tab": TAB, "topics": shown})


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    """Nothing is unread any more: on the board `board` names, else anywhere."""
    slug = request.POST.get("board", "")
    board = services.get_board(slug, user=request.user) if slug else None
    unread.mark_all_read(cast(User, request.user), board=board if board and board.pk else None)
    messages.success(request, _("Everything counts as read."))
    return redirect(board or "forum")


@never_cache
@login_required
def followed(request: HttpRequest) -> HttpResponse:
    """What the person follows, and what they follow by themselves."""
    user = cast(User, request.user)
    chosen = ReaderSettings.objects.filter(user=user).first() or ReaderSettings()
    initial = {"follows_begun": chosen.follows_begun, "follows_answered": chosen.follows_answered}
    form = HabitForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        following.save_reader_settings(user, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("forum-followed")
    rows = Subscription.objects.readable_by(user).select_related("topic__board", "board__commune")
    context = {"tab": TAB, "form": form, "subscriptions": paginate_by_key(rows, request)}
    return render(request, "forums/followed.html", context)
