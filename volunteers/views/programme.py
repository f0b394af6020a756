"""The programme's figures and alerts, for its staff; an office's own, for the office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.services import find_office_of
from accounts.services.asking import know
from ui.exports import write_csv, write_xlsx
from ui.keyset import paginate_by_key
from volunteers.forms.programme import FiguresForm
from volunteers.models import Alert, LedgerChain
from volunteers.rules import is_staff
from volunteers.services.figures.alerts import acknowledge, describe_alerts
from volunteers.services.figures.counts import name_parts, read_report
from volunteers.services.figures.groups import read_groups
from volunteers.services.figures.scope import Scope
from volunteers.services.figures.trend import read_trend
from volunteers.services.ledger.reading import sum_up
from volunteers.services.machine import NotReadyError
from volunteers.services.programme_desk import count_for_staff
from volunteers.views.programme_screen import ProgrammeScreen, find_table, make_trend_bars

WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
PAGE_SIZE = 20


@login_required
@require_GET
def show_programme(request: HttpRequest) -> HttpResponse:
    """The dashboard."""
    screen = read_screen(request)
    context = {"tab": "volunteer", "screen": screen, "form": screen.form, "numbers": count_for_staff(know(request))}
    return render(request, "volunteers/programme/dashboard.html", context)


@login_required
@require_GET
def export_programme(request: HttpRequest, table: str, kind: str) -> HttpResponseBase:
    """One table of the dashboard as a file."""
    found = find_table(read_screen(request), table)
    if found is None or kind not in WRITERS:
        raise Http404
    return WRITERS[kind](f"{found.title} - " + _("Volunteering in figures"), found.header, found.rows)


def read_screen(request: HttpRequest) -> ProgrammeScreen:
    """What was asked for. Raises Http404 for whoever is not of the staff."""
    check_staff(request)
    form = FiguresForm(request.GET)
    scope, measure = form.read()
    return ProgrammeScreen(
        form=form,
        report=read_report(scope),
        measure=measure,
        names=name_parts(scope),
        trend=[] if scope.quarter else read_trend(scope),
        groups=read_groups(scope),
    )


@login_required
@require_GET
def show_office_figures(request: HttpRequest) -> HttpResponse:
    """An office's own figures, and its chains of the ledger."""
    office = find_office_of(request.user) if isinstance(request.user, User) else None
    if office is None or office.is_refused:
        raise Http404
    scope = Scope(office=office)
    page = paginate_by_key(LedgerChain.objects.filter(office=office), request, by="-period", size=PAGE_SIZE)
    context = {
        "tab": "desk",
        "office": office,
        "figures": read_report(scope).total,
        "bars": make_trend_bars(read_trend(scope)),
        "page": page,
        "lines": sum_up(page.items),
    }
    return render(request, "volunteers/programme/office.html", context)


@login_required
@require_GET
def list_alerts(request: HttpRequest) -> HttpResponse:
    """Those that still hold, the latest first; those that are over on request."""
    check_staff(request)
    is_past = "past" in request.GET
    rows = Alert.objects.over() if is_past else Alert.objects.open()
    page = paginate_by_key(rows.select_related("acknowledged_by"), request, by="-raised_at", size=PAGE_SIZE)
    context = {"tab": "volunteer", "page": page, "lines": describe_alerts(page.items), "is_past": is_past}
    return render(request, "volunteers/programme/alerts.html", context)


@login_required
@require_POST
def acknowledge_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Staff say what they found."""
    by = check_staff(request)
    alert = get_object_or_404(Alert.objects.open(), pk=pk)
    try:
        acknowledge(alert, by=by, note=request.POST.get("note", ""))
    except NotReadyError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted."))
    return redirect("alerts")


def check_staff(request: HttpRequest) -> User:
    """Whoever is not of the staff finds nothing here."""
    if not isinstance(request.user, User) or not is_staff(request.user):
        raise Http404
    return request.user
