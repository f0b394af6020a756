"""What the author, the office and the moderators may do with one post."""

import uuid
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from forums import rules, services
from forums.enums import PostState
from forums.errors import CaseError, ClashError, NotAllowedError, TooManyFilesError, WatchedWordError, check
from forums.forms import DeleteForm, EditForm, HideForm, find_edit_form
from forums.models import Post
from forums.services.brakes import find_refusal, refuse_files, refuse_reason
from forums.services.drafts import drop_draft, find_draft
from forums.services.files import compare_files
from forums.services.holding import is_newcomer
from forums.services.trust import find_level
from forums.views.boards import TAB
from forums.views.drafts import keep
from forums.views.keeping import keep_unsent, take_unsent
from forums.views.moved import edit_elsewhere, give_back
from forums.views.topics import find_topic

Rule = Callable[[Any, Post], bool]


def find_post(request: HttpRequest, public_id: uuid.UUID, number: int, rule: Rule | None = None) -> Post:
    """The post behind the topic's door: 404 for strangers to the topic, 403 for readers without the right."""
    topic = find_topic(request, public_id)
    post = get_object_or_404(topic.posts.select_related("author"), number=number)
    post.topic = topic
    if rule is not None:
        check(rule, request.user, post)
    return post


def brake_edit(form: EditForm, post: Post) -> bool:
    """What cannot be posted cannot be edited in either; the form says why and keeps the words."""
    author = cast(User, post.author)
    level = find_level(author, post.topic.board)
    facts = form.cleaned_data.get("idea")
    text = "\n".join([form.cleaned_data.get("title", ""), form.cleaned_data["source"], facts.place if facts else ""])
    refusal = find_refusal(text, level=level, recent=[])
    if refusal:
        form.add_error("source", refusal)
    files = compare_files(post, form.cleaned_data["attached"], form.cleaned_data["dropped"])
    is_held = bool(files.fresh) and is_newcomer(author, post.topic.board)
    refusal = refuse_files(files.total if files.fresh else 0, level=level, is_held=is_held)
    if refusal:
        form.add_error("attached", refusal)
    return not form.is_valid()


def brake_reason(form: DeleteForm) -> bool:
    """What cannot be posted cannot stand there as the reason of a deletion either."""
    refusal = refuse_reason(form.cleaned_data["reason"])
    if refusal:
        form.add_error("reason", refusal)
    return bool(refusal)


def edit(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Signed out meanwhile: the words wait on the server until the person is back. Moved, hidden or closed meanwhile:
    they go along, or come back to be copied.
    """
    if not isinstance(request.user, User):
        keep_unsent(request, f"edit:{public_id}:{number}", request.POST.get("source", ""))
        return redirect_to_login(request.path)
    try:
        post = find_post(request, public_id, number, rules.can_edit)
        return keep(request, f"edit-{post.pk}") if "keep" in request.POST else change(request, post)
    except (Http404, NotAllowedError, Post.DoesNotExist) as error:
        there, words = edit_elsewhere(request, public_id, number), request.POST.get("source", "")
        if there is None and isinstance(error, NotAllowedError) and words.strip():
            return give_back(request, words, topic=find_topic(request, public_id))
        if there is None:
            raise
        return there


def change(request: HttpRequest, post: Post) -> HttpResponse:
    """Two windows with the same post: the second is shown what the first saved, and keeps its own words."""
    user, key = cast(User, request.user), f"edit-{post.pk}"
    unsent = take_unsent(request, f"edit:{post.topic.public_id}:{post.number}")
    sent: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    make_form = find_edit_form(post, request.POST if sent else None)
    form = make_form(*sent, post=post, draft=find_draft(key, user), unsent=unsent)
    context: dict[str, Any] = {"tab": TAB, "post": post, "topic": post.topic, "form": form}
    if form.is_bound and form.is_valid() and not brake_edit(form, post):
        try:
            services.edit(post, by=user, **form.cleaned_data)
            drop_draft(key, by=user)
            messages.success(request, _("Your post is changed."), extra_tags=f"draft:{key}")
            return redirect(post)
        except ClashError as clash:
            form.tell_clash(clash.post)
            context["other"] = clash.post
        except (TooManyFilesError, WatchedWordError) as error:
            form.add_error("attached" if isinstance(error, TooManyFilesError) else "source", str(error))
    status = 409 if "other" in context else 422 if form.is_bound else 200
    return render(request, "forums/post_edit.html", context, status=status)


@login_required
def delete(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    post = find_post(request, public_id, number)
    if request.method == "POST" and post.state == PostState.DELETED and rules.wrote(request.user, post):
        return redirect(post)  # a second click
    check(rules.can_delete, request.user, post)
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not brake_reason(form):
        try:
            services.delete(post, by=cast(User, request.user), reason=form.cleaned_data["reason"])
            messages.success(request, _("Your post is deleted."))
            return redirect(post)
        except WatchedWordError as error:
            form.add_error("reason", str(error))
    context = {"tab": TAB, "post": post, "topic": post.topic, "form": form}
    return render(request, "forums/post_delete.html", context, status=422 if form.is_bound else 200)


@login_required
def hide(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    post = find_post(request, public_id, number, rules.can_hide)
    form = HideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.hide(post, by=cast(User, request.user), **form.cleaned_data)
            messages.success(request, _("The post is hidden. Its author can read the reason."))
        except CaseError as error:
            messages.error(request, str(error))
        return redirect(post)
    context = {"tab": TAB, "post": post, "topic": post.topic, "form": form}
    return render(request, "forums/post_hide.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def restore(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    post = find_post(request, public_id, number)
    try:
        post = services.restore(post, by=cast(User, request.user))
        messages.success(request, _("The post can be read again."))
    except CaseError as error:
        messages.error(request, str(error))
    return redirect(post)


@require_POST
@login_required
def answer(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Mark as the official answer, or take the mark back with `mark=no`."""
    post = find_post(request, public_id, number, rules.can_mark)
    act = services.unmark_answer if request.POST.get("mark") == "no" else services.mark_answer
    act(post, by=cast(User, request.user))
    return redirect(post)
