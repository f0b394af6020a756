"""Everything a reader may do with one post, on one small page; and the reactions."""

import uuid
from typing import cast

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from forums import rules, services
from forums.enums import ReactionKind
from forums.models import Post, Topic
from forums.services.mentions import suggest_names
from forums.views.boards import TAB
from forums.views.topics import BIGGEST, find_topic


@never_cache
@require_safe
def acts(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """What this reader may do with the post, each as a line; works for visitors too."""
    topic = find_topic(request, public_id)
    post = get_object_or_404(topic.posts.for_reader(request.user).select_related("author"), number=min(number, BIGGEST))
    post.topic = topic
    services.refresh_html([post])
    user = request.user
    may = {
        "reply": rules.can_reply(user, topic) and post.is_visible,
        "react": rules.can_react(user, post),
        "edit": rules.can_edit(user, post),
        "delete": rules.can_delete(user, post),
        "report": rules.can_report(user, post),
        "quiet": rules.can_quiet(user, post),
        "mark": rules.can_mark(user, post),
        "moderate": rules.can_judge(user, post),
        "hide": post.shows_words and rules.can_hide(user, post),
    }
    context = {"tab": TAB, "topic": topic, "post": post, "may": may}
    return render(request, "forums/post_acts.html", context)


@never_cache
@require_safe
def quote(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Markdown that quotes the post, or the passage `?text=` of it, for the reply box of an open page."""
    post = get_object_or_404(find_topic(request, public_id).posts.visible().select_related("author"), number=number)
    return HttpResponse(
        services.make_quote(post, request.GET.get("text", "")), content_type="text/plain; charset=utf-8"
    )


@never_cache
@require_safe
@login_required
def people(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Whom a reply can name."""
    topic = find_topic(request, public_id)
    return JsonResponse({"people": suggest_names(topic, by=cast(User, request.user))})


@require_safe
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a post stands now, wherever it was moved to; 404 for whoever may not read its topic."""
    topics = Topic.objects.visible_to(request.user)
    return redirect(get_object_or_404(Post.objects.filter(topic__in=topics).select_related("topic"), pk=pk))


@require_POST
def react(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """`thanks=7` gives that reaction to post 7, `thanks=-7` takes it back. A script that asks for JSON gets no page."""
    topic = find_topic(request, public_id)
    kind = next((kind for kind in ReactionKind if kind.value in request.POST), None)
    value = request.POST.get(kind.value, "") if kind else ""
    digits = value.removeprefix("-")
    if kind is None or not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return redirect(topic)
    post = get_object_or_404(topic.posts.select_related("author"), number=int(digits))
    post.topic = topic
    if not isinstance(request.user, User):
        return redirect_to_login(post.get_absolute_url())
    refusal = ""
    if post.author_id == request.user.pk:
        refusal = _("This is your own post: others can react to it.")
    elif not ratelimit.consume(request, action="react", user=request.user):
        refusal = _("That was fast. Try again in a minute.")
    else:
        services.react(post, by=request.user, kind=kind, is_on=value == digits)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=409 if refusal else 204)
    if refusal:
        messages.info(request, refusal)
    return redirect(post)
