"""Runs of a round: trying bands and kept seats, running, a person's confirmation, the files to verify it by."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from volunteers.enums import OverrideKind
from volunteers.models import Round, RoundRun
from volunteers.round_forms import OverrideForm, TuningForm
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.rounds import confirming, running
from volunteers.services.rounds.planning import tune_round
from volunteers.services.rounds.report import describe_changes, describe_run, put_side_by_side
from volunteers.services.rounds.sealed import read_file
from volunteers.services.rounds.trying import find_last_run, try_tuning
from volunteers.services.rounds.tuning import Tuning, spell
from volunteers.views.round_leading import get_led
from volunteers.views.rounds import as_file

REFUSALS = (NotReadyError, WrongStateError)


@login_required
def try_round(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Other bands and kept seats beside those set now; nothing is kept until they are taken over."""
    row, by = get_led(request, public_id)
    typed = request.POST if request.method == "POST" else request.GET if "floor_1" in request.GET else None
    form = TuningForm(typed, initial=TuningForm.spread(Tuning.of(row)))
    last = find_last_run(row)
    if request.method == "POST" and form.is_valid():
        try:
            tune_round(row, form.tuning, by=by, note=request.POST.get("note", ""))
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Bands and kept seats are set."))
            return redirect("round-staff", public_id)
    context: dict[str, Any] = {
        "tab": "volunteer",
        "row": row,
        "form": form,
        "last": last,
        "note": request.POST.get("note", ""),
    }
    if last is not None and typed is not None and form.is_valid():
        context["rows"] = put_side_by_side(last.figures, try_tuning(last, form.tuning, by=by))
    elif last is not None:
        context["rows"] = put_side_by_side(last.figures, None)
    return render(request, "volunteers/rounds/try.html", context)


@login_required
@require_POST
def make_run(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    row, by = get_led(request, public_id)
    try:
        kept = running.record_run(row, by=by)
    except NotReadyError as refusal:
        messages.error(request, str(refusal))
        return redirect("round-staff", public_id)
    return redirect("round-run-page", public_id, kept.number)


def get_run(row: Round, number: int) -> RoundRun:
    return get_object_or_404(RoundRun.objects.select_related("round", "by", "confirmed_by"), round=row, number=number)


@login_required
@require_safe
def show_run(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    row, _by = get_led(request, public_id)
    return show(request, row, get_run(row, number), OverrideForm(row=row))


def show(request: HttpRequest, row: Round, kept: RoundRun, form: OverrideForm) -> HttpResponse:
    last = find_last_run(row)
    context = {
        "tab": "volunteer",
        "row": row,
        "kept": kept,
        "figures": describe_run(kept.figures),
        "changes": describe_changes(kept.changes),
        "rules": spell(Tuning.read(kept.tuning)),
        "overrides": kept.overrides.select_related("by", "round_request__request"),
        "form": form,
        "is_decidable": kept == last and not kept.is_trial and kept.confirmed_at is None,
    }
    return render(request, "volunteers/rounds/run.html", context)


@login_required
@require_POST
def confirm_run(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    row, by = get_led(request, public_id)
    try:
        confirming.confirm(get_run(row, number), by=by, note=request.POST.get("note", ""))
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("round-run-page", public_id, number)
    messages.success(request, _("The run is confirmed. It can no longer be replaced."))
    return redirect("round-staff", public_id)


@login_required
@require_POST
def override_run(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    row, by = get_led(request, public_id)
    kept = get_run(row, number)
    form = OverrideForm(request.POST, row=row)
    if form.is_valid():
        data = form.cleaned_data
        kind = OverrideKind(data["kind"])
        try:
            confirming.override(
                kept, data["place"], data["code"], kind, reason=data["reason"], note=data["note"], by=by
            )
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The decision by hand is noted and will be counted."))
            return redirect("round-run-page", public_id, number)
    return show(request, row, kept, form)


@login_required
@require_safe
def get_file(request: HttpRequest, public_id: uuid.UUID, number: int, name: str) -> HttpResponse:
    """record, inputs or outcome; the last two are sealed, and taking them along is logged."""
    row, by = get_led(request, public_id)
    text = read_file(get_run(row, number), name, by=by)
    if text is None:
        raise Http404
    return as_file(text, f"{name}-{number}.json")
