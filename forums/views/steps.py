"""What residents said and showed of finished work: reporting it, and a moderator's look."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.services.asking import know
from forums import rules
from forums.errors import WrongStateError, check
from forums.models import IdeaStep
from forums.services.ideas.caring import list_looked_at, look_at, report_step
from forums.views.boards import TAB
from forums.views.ideas import find_idea
from ui.keyset import paginate_by_key


@never_cache
@login_required
def step(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """`do=report` tells moderators; they show it (`do=show`) or take it out (`do=out`)."""
    topic = find_idea(request, public_id)
    row = get_object_or_404(topic.idea.steps, number=min(number, 32767))
    row.idea = topic.idea
    may = {"look": rules.can_care(request.user, row), "report": rules.can_report_step(request.user, row)}
    if not any(may.values()):
        raise Http404
    if request.method == "POST":
        act(request, row)
        return redirect("steps-looked-at" if may["look"] else topic)
    return render(request, "forums/idea_words.html", {"tab": TAB, "topic": topic, "step": row, "may": may})


def act(request: HttpRequest, row: IdeaStep) -> None:
    """What was chosen, and a word on it."""
    do = request.POST.get("do")
    if do not in {"show", "out"}:
        report_step(row, by=know(request))
        messages.success(request, _("Thank you. A moderator looks at it."))
        return
    try:
        look_at(row, by=know(request), takes_out=do == "out")
    except WrongStateError:
        messages.info(request, _("Somebody has taken it out already."))
    else:
        messages.success(request, _("It is gone.") if do == "out" else _("Everybody can read it."))


@require_safe
@login_required
def looked_at(request: HttpRequest) -> HttpResponse:
    """To moderators: what waits or was reported, the oldest first."""
    check(rules.can_see_queue, request.user, None)
    page = paginate_by_key(list_looked_at(know(request)), request, by="created_at")
    return render(request, "forums/steps.html", {"tab": TAB, "page": page, "show": "steps"})
