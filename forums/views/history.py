"""What a post said before, and taking out what must not stay readable."""

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from forums import rules, services
from forums.views.boards import TAB
from forums.views.posts import find_post


@never_cache
@require_safe
def history(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Every edition, the newest first; of a post that was taken away for moderators who are no party alone."""
    post = find_post(request, public_id, number)
    may_judge = rules.can_judge(request.user, post)
    if not (post.is_visible or may_judge):
        raise Http404
    context = {"tab": TAB, "post": post, "topic": post.topic, "editions": services.read_history(post)}
    return render(request, "forums/post_history.html", {**context, "may_remove": may_judge})


@require_POST
@login_required
def remove(request: HttpRequest, public_id: uuid.UUID, number: int, version: int) -> HttpResponse:
    """Take the words of a former edition out."""
    post = find_post(request, public_id, number, rules.can_judge)
    services.remove_version(post, number=version, by=cast(User, request.user))
    messages.success(request, _("These words are gone from the history."))
    return redirect("post-history", public_id, number)
