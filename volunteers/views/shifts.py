"""Shifts: the office makes, changes and calls them off; volunteers sign up and leave."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ui.keyset import paginate_by_key
from ui.words import to_digits
from volunteers.forms.shifts import OneShiftForm, ShiftsForm
from volunteers.models import Placement, Shift, VolunteerRequest
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.shifts.planning import call_off_shift, change_shift, find_first_day, make_shifts
from volunteers.services.shifts.reading import list_roll
from volunteers.services.shifts.signing import change_signup
from volunteers.services.shifts.waiting import ShiftFullError, keep_calls_of
from volunteers.views.placements import get_reader

PAGE_SIZE = 30
REFUSALS = (NotReadyError, WrongStateError, ShiftFullError)
DONE = {
    "sign_up": gettext_lazy("You are on the shift. If you cannot come, leave it here as early as you can."),
    "confirm": gettext_lazy("You are on the shift. If you cannot come, leave it here as early as you can."),
    "join_waiting": gettext_lazy("You are on the waiting list. When a seat becomes free for you, we tell you."),
}


@login_required
def list_shifts(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The shifts of one request; `?past` shows those that were."""
    rows = VolunteerRequest.objects.of_offices_of(request.user).with_place()
    item = get_object_or_404(rows, public_id=public_id)
    keep_calls_of(item.pk)
    is_past = "past" in request.GET
    shifts = item.shifts.begun() if is_past else item.shifts.to_come()
    page = paginate_by_key(
        shifts.with_waiting_count(), request, by="-starts_at" if is_past else "starts_at", size=PAGE_SIZE
    )
    context = {"tab": "desk", "item": item, "page": page, "is_past": is_past}
    return render(request, "volunteers/shifts.html", context)


@login_required
def plan_shifts(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One shift or a weekly pattern: first shown as a list of days, then made."""
    reader = get_reader(request)
    rows = VolunteerRequest.objects.of_offices_of(reader).with_place()
    item = get_object_or_404(rows, public_id=public_id)
    form = ShiftsForm(request.POST or None, request=item, initial={"first": find_first_day(item), "seats": item.seats})
    is_shown = form.is_valid()
    if is_shown and request.POST.get("do") == "make":
        made = make_shifts(item, form.plan, by=reader)
        said = ngettext("%(count)s shift is made.", "%(count)s shifts are made.", made) % {"count": made}
        messages.success(request, to_digits(said) if made else _("These shifts are there already."))
        return redirect("request-shifts", public_id)
    spans = list(form.plan.spans) if is_shown else []
    return render(request, "volunteers/shift_new.html", {"tab": "desk", "item": item, "form": form, "spans": spans})


@login_required
def edit_shift(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who comes; the shift's day, time and seats."""
    reader = get_reader(request)
    shift = get_object_or_404(Shift.objects.of_offices_of(reader).with_request(), public_id=public_id)
    form = OneShiftForm.of(shift, request.POST or None)
    if form.is_valid():
        try:
            taken_off = change_shift(shift, form.plan, by=reader)
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, say_changed(taken_off))
            return redirect("shift", public_id)
    keep_calls_of(shift.request_id)
    context = {"tab": "desk", "shift": shift, "item": shift.request, "form": form, "roll": list_roll(shift, by=reader)}
    return render(request, "volunteers/shift.html", context)


def say_changed(taken_off: int) -> str:
    if not taken_off:
        return _("Saved. Everybody who comes or waits is told.")
    said = ngettext(
        "Saved. %(count)s person has no time then and was taken off; everybody is told.",
        "Saved. %(count)s people have no time then and were taken off; everybody is told.",
        taken_off,
    )
    return to_digits(said % {"count": taken_off})


@login_required
@require_POST
def call_off(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    reader = get_reader(request)
    shift = get_object_or_404(Shift.objects.of_offices_of(reader).with_request(), public_id=public_id)
    try:
        call_off_shift(shift, by=reader, note=request.POST.get("note", "")[:600])
    except NotReadyError as refusal:
        messages.error(request, str(refusal))
        return redirect("shift", public_id)
    messages.success(request, _("The shift is called off. Everybody who comes or waits is told."))
    return redirect("request-shifts", shift.request.public_id)


@login_required
@require_POST
def answer_shift(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Sign up, wait, confirm, leave. Back to the place whose shift it is."""
    reader = get_reader(request)
    shift = get_object_or_404(Shift.objects.open_to(reader).distinct(), public_id=public_id)
    verb = request.POST.get("verb", "")
    try:
        signup = change_signup(shift, verb, by=reader)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        place = Placement.objects.of(reader).filter(application__request=shift.request_id).latest("agreed_at")
    else:
        place = signup.placement
        messages.success(request, str(DONE.get(verb, _("Done. The seat is free for somebody else."))))
    return redirect("placement", place.public_id)
