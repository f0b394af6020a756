"""Folding somebody's posts for oneself, and the list of whose are."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.services.asking import know
from forums import rules
from forums.models import Quieted
from forums.services import quieting
from forums.views.boards import TAB
from forums.views.posts import find_post
from ui.keyset import paginate_by_key


@require_POST
@login_required
def quiet(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Fold what the author of this post writes; `quiet=no` opens it again."""
    post = find_post(request, public_id, number, rules.can_quiet)
    is_on = request.POST.get("quiet") != "no"
    quieting.quiet(post, by=know(request), is_on=is_on)
    said = _("Posts of %(name)s are folded for you now.") if is_on else _("Posts of %(name)s are open for you again.")
    messages.success(request, said % {"name": post.writer})
    return redirect(post)


@never_cache
@require_safe
@login_required
def quieted(request: HttpRequest) -> HttpResponse:
    """Whose posts are folded for me, the last first."""
    rows = Quieted.objects.filter(user=know(request)).select_related("person")
    return render(request, "forums/quieted.html", {"tab": TAB, "rows": paginate_by_key(rows, request)})


@require_POST
@login_required
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the list."""
    row = get_object_or_404(Quieted.objects.select_related("person"), pk=pk, user=know(request))
    quieting.unquiet(row)
    messages.success(request, _("Posts of %(name)s are open for you again.") % {"name": row.person.public_name})
    return redirect("forum-quieted")
