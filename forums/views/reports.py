"""Members report a post."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.services.asking import know
from forums import rules, services
from forums.enums import HideReason
from forums.forms import ReportForm
from forums.views.boards import TAB
from forums.views.posts import find_post


@login_required
def report(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Why, and a note if one likes."""
    post = find_post(request, public_id, number, rules.can_report)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        row = services.report(post, by=know(request), **form.cleaned_data)
        messages.success(request, say_thanks(row.reason))
        return redirect(post)
    context = {"tab": TAB, "post": post, "topic": post.topic, "form": form}
    return render(request, "forums/post_report.html", context, status=422 if form.is_bound else 200)


def say_thanks(reason: str) -> str:
    """Who reads the report now."""
    if reason == HideReason.EXCLUSION:
        return _(
            "Thank you. Only the programme's staff read your report, never the commune. You hear what was decided."
        )
    if reason == HideReason.DANGER:
        return _(
            "Thank you. An alarm went out. If somebody is in danger now, call the police, 117, or 1280 for children."
        )
    return _("Thank you. A moderator will read your report and decide. Its author does not see who reported.")
