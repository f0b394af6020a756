"""Somebody wrote while the talk went elsewhere, was closed, or ended for them: their words go along, or come back."""

import uuid

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from forums import services
from forums.models import Post, Topic
from forums.views.boards import TAB
from forums.views.keeping import keep_unsent


def go_on(request: HttpRequest, public_id: uuid.UUID, words: str) -> HttpResponse:
    """The topic was joined to another meanwhile: there the words wait in the form. Raises `Http404` for any other when
    there are no words to give back.
    """
    moved = services.find_moved(public_id, number=1, user=request.user)
    if not isinstance(moved, Topic):
        return give_back(request, words)
    keep_unsent(request, f"topic:{moved.public_id}", words)
    at = f"{moved.get_absolute_url()}#reply"
    if not request.user.is_authenticated:
        return redirect_to_login(at)
    said = _("This topic was joined to another one. Your words wait here: look at them and send.")
    if request.FILES:
        said = f"{said} {_('Choose the photos and files again: only the words were kept.')}"
    messages.info(request, said)
    return redirect(at)


def give_back(request: HttpRequest, words: str, *, topic: Topic | None = None) -> HttpResponse:
    """The words, to copy: nobody can write where they were for. `topic` is where, if it can still be read. Raises
    `Http404` when there are none.
    """
    if not words.strip():
        raise Http404
    context = {"tab": TAB, "topic": topic, "words": words}
    return render(request, "forums/words_back.html", context, status=403 if topic else 404)


def edit_elsewhere(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse | None:
    """The post stands elsewhere now: its author goes on there with the same words. None: it does not."""
    moved = find_elsewhere(public_id, number, request.user) if isinstance(request.user, User) else None
    if moved is None:
        return None
    keep_unsent(request, f"edit:{moved.topic.public_id}:{moved.number}", request.POST.get("source", ""))
    messages.info(request, _("Your post stands in another topic now. Your words are here: look at them and save."))
    return redirect("post-edit", moved.topic.public_id, moved.number)


def find_elsewhere(public_id: uuid.UUID, number: int, user: User) -> Post | None:
    """Where the post of this address went with its topic, or without."""
    moved = services.find_moved(public_id, number=number, user=user)
    if isinstance(moved, Topic):  # the first post of a topic that was joined
        stub = Post.objects.filter(topic__public_id=public_id, number=number).select_related("moved_to__topic").first()
        return stub.moved_to if stub else None
    if isinstance(moved, Post):
        return moved
    readable = Topic.objects.visible_to(user)
    stubs = Post.objects.filter(topic__public_id=public_id, number=number, topic__in=readable)
    stub = stubs.filter(moved_to__topic__in=readable).select_related("moved_to__topic").first()
    return stub.moved_to if stub else None
