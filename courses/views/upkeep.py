"""Editors' admin: the courses that are due to be looked through again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.permissions import page_permission_policy

from courses.models import CoursePage
from courses.services.upkeep import confirm_content, find_due
from ui.dates import to_day


def list_due(request: HttpRequest) -> HttpResponse:
    """Live courses of one's own section whose date is within a month or past."""
    mine = set(page_permission_policy.instances_user_has_permission_for(request.user, "publish").values_list("pk"))
    rows = [
        {"course": course, "is_past": is_past(course), "may_confirm": (course.pk,) in mine}
        for course in find_due(request.user)[:200]
    ]
    return render(
        request,
        "courses/admin/due.html",
        {"heading": _("Courses to look through"), "sign": "calendar-check", "rows": rows},
    )


def is_past(course: CoursePage) -> bool:
    return course.review_by is not None and course.review_by <= timezone.localdate()


@require_POST
def confirm_due(request: HttpRequest, page_id: int) -> HttpResponse:
    """All is still right: the next look is in a year."""
    course = get_object_or_404(CoursePage, pk=page_id)
    if not course.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    date = confirm_content(course)
    messages.success(request, _("Noted. The next look is on %s.") % to_day(date))
    return redirect("course-due")


def warn_when_due(request: HttpRequest, page: CoursePage) -> None:
    """A mark for whoever opens the course to edit it."""
    if page.live and page.review_by and is_past(page):
        text = _("This course was to be looked through again by %s. Is all still right?")
        messages.warning(request, text % to_day(page.review_by))
