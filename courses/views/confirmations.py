"""A learner asks a commune office to confirm; its clerks answer in a queue."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.rules import may_post, speaks_for
from courses.certificate_forms import DecisionForm, OfficeAskForm
from courses.enums import RefusalReason
from courses.models import Confirmation
from courses.services import find_course, find_courses
from courses.services.confirmations import (
    DecidedError,
    NotReadyError,
    OfficeNotKnownError,
    OwnWorkError,
    ask_office,
    confirm,
    list_asked,
    refuse,
)
from courses.services.evidence import list_titles
from courses.services.reviews import name_for_reviewer, speaks_for_any_office
from ui.keyset import paginate_by_key

PAGE_SIZE = 20


@require_http_methods(["GET", "POST"])
@login_required
def ask(request: HttpRequest, course_key: uuid.UUID) -> HttpResponse:
    """The learner chooses the office."""
    course = find_course(course_key)
    if course is None:
        raise Http404
    home = request.user.home_commune  # type: ignore[union-attr]
    form = OfficeAskForm(request.POST or None, initial={"commune": home} if home else None)
    if request.method == "POST" and form.is_valid() and form.office:
        try:
            ask_office(request.user, course_key=course_key, office=form.office)  # type: ignore[arg-type]
        except (NotReadyError, OfficeNotKnownError):
            messages.warning(request, _("There is nothing to confirm now. See what is missing."))
        else:
            messages.success(request, _("We asked %s. You see the answer here.") % form.office)
        return redirect(course.get_url(request))
    context = {"tab": "learn", "course": course, "form": form, "is_too_young": not may_post(request.user)}
    return render(request, "courses/course_confirm_ask.html", context)


@require_GET
@login_required
def show_queue(request: HttpRequest) -> HttpResponse:
    """What waits for one's office, the oldest first."""
    if not speaks_for_any_office(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    page = paginate_by_key(list_asked(request.user), request, by="asked_at", size=PAGE_SIZE)  # type: ignore[arg-type]
    courses = find_courses(row.course_key for row in page)
    titles = list_titles(page)
    rows = [(row, name_for_reviewer(row.user), courses.get(row.course_key), titles[row.pk]) for row in page]
    context = {"tab": "me", "page": page, "rows": rows, "reasons": RefusalReason.choices}
    return render(request, "courses/course_confirmations.html", context)


@require_POST
@login_required
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes, or no with a reason from the list."""
    asked = get_object_or_404(Confirmation.objects.select_related("office"), pk=pk)
    if not speaks_for(request.user, asked.office):
        raise Http404  # whom a learner asked is nobody else's business
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a reason."))
        return redirect("course-confirmations")
    try:
        if form.cleaned_data["answer"] == "yes":
            confirm(asked, by=request.user)  # type: ignore[arg-type]
        else:
            refuse(asked, by=request.user, reason=RefusalReason(form.cleaned_data["reason"]))  # type: ignore[arg-type]
        messages.success(request, _("Saved. The learner reads your answer on the course page."))
    except DecidedError:
        messages.warning(request, _("A colleague has answered already."))
    except OwnWorkError:
        messages.error(request, _("Nobody confirms their own work. Ask a colleague."))
    return redirect("course-confirmations")
