"""Members report a post; moderators read the open reports and decide."""

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from forums import rules, services
from forums.errors import check
from forums.forms import ReportForm
from forums.models import Report
from forums.views.boards import TAB
from forums.views.posts import find_post
from ui.keyset import paginate_by_key


@login_required
def report(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Why, and a note if one likes."""
    post = find_post(request, public_id, number, rules.can_report)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.report(post, by=cast(User, request.user), **form.cleaned_data)
        messages.success(
            request, _("Thank you. A moderator will read your report and decide. Its author does not see who reported.")
        )
        return redirect(post)
    context = {"tab": TAB, "post": post, "topic": post.topic, "form": form}
    return render(request, "forums/post_report.html", context, status=422 if form.is_bound else 200)


@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Open reports, the oldest first."""
    check(rules.can_moderate, request.user, None)
    reports = Report.objects.open().select_related("post__topic__board", "post__author", "reporter")
    context = {"tab": TAB, "reports": paginate_by_key(reports, request, by="created_at")}
    return render(request, "forums/reports.html", context)


@require_POST
@login_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide the post with `act=hide`; anything else closes the report alone."""
    check(rules.can_moderate, request.user, None)
    row = get_object_or_404(Report.objects.select_related("post__topic__board"), pk=pk)
    hides = request.POST.get("act") == "hide"
    services.settle(row, by=cast(User, request.user), hides=hides)
    messages.success(
        request,
        _("The post is hidden. Its author can read the reason.") if hides else _("The report is closed."),
    )
    return redirect("forum-reports")
