"""Editors' admin: the learning records of one's own courses, to take along."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from courses.forms import PeriodForm
from courses.services.xapi import Period, find_audiences, may_export, stream_statements
from ui.exports import TableStream


def export_statements(request: HttpRequest) -> HttpResponseBase:
    """The form; with two days in the address, the download."""
    if not may_export(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    form = PeriodForm(request.GET or None)
    if not form.is_valid():
        context = {"form": form, "heading": _("Learning records (xAPI)"), "sign": "download"}
        return render(request, "courses/admin/xapi.html", context)
    period = Period(**form.cleaned_data)
    pieces = stream_statements(find_audiences(request.user), period)  # type: ignore[arg-type]
    response = TableStream((piece.encode() for piece in pieces), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="xapi-{period.since}-{period.until}.json"'
    response["Cache-Control"] = "private, no-store"
    return response
