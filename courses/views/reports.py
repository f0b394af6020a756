"""Figures about courses, for those who publish them and for the programme."""

import uuid
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.models import User
from courses.forms import ScopeForm
from courses.services.items import read_items
from courses.services.reports import count_courses, list_reported, may_read_reports, read_report
from courses.views.report_screen import ReportScreen, find_table
from ui.exports import write_csv, write_xlsx
from ui.keyset import paginate_by_key

WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
PAGE_SIZE = 20


@login_required
@require_GET
def list_reports(request: HttpRequest) -> HttpResponse:
    """Every course one may see the figures of, with its totals."""
    user = cast(User, request.user)
    if not may_read_reports(user):
        raise Http404
    form = ScopeForm(request.GET)
    page = paginate_by_key(list_reported(user), request, by="path", size=PAGE_SIZE)
    totals = count_courses([course.translation_key for course in page], form.read_scope())
    rows = [(course, totals[course.translation_key]) for course in page]
    return render(request, "courses/reports.html", {"form": form, "page": page, "rows": rows})


@login_required
@require_GET
def show_report(request: HttpRequest, course_key: uuid.UUID) -> HttpResponse:
    """The figures of one course."""
    return render(request, "courses/report.html", read_screen(request, course_key))


@login_required
@require_GET
def export_report(request: HttpRequest, course_key: uuid.UUID, table: str, kind: str) -> HttpResponseBase:
    """One table of the report as a file; where the place has too few learners there is none."""
    screen = read_screen(request, course_key)["screen"]
    found = find_table(screen, table) if screen else None
    if found is None or kind not in WRITERS:
        raise Http404
    return WRITERS[kind](f"{found.title} - {screen.course.title}", found.header, found.rows)


def read_screen(request: HttpRequest, course_key: uuid.UUID) -> dict[str, Any]:
    """`course`, `form` and `screen` (None for a group too small to show).
    Raises Http404 for a course that is not theirs.
    """
    course = get_object_or_404(list_reported(cast(User, request.user)), translation_key=course_key)
    form = ScopeForm(request.GET)
    report = read_report(course_key, form.read_scope())
    if report is None:
        return {"course": course, "form": form, "screen": None}
    items = read_items(course_key, report.scope.enrolments([course_key]))
    return {"course": course, "form": form, "screen": ReportScreen(course, report, items)}
