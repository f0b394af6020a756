"""Programme staff lead a round: plan it, choose its requests, see what is missing, move it on, enter the number."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from ui.keyset import paginate_by_key
from volunteers.models import Round, RoundRequest, VolunteerRequest
from volunteers.round_forms import RoundForm, SeatsForm
from volunteers.rules import is_staff
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.rounds import planning
from volunteers.services.rounds.clocks import advance_if_due
from volunteers.services.rounds.progress import count_progress, list_progress
from volunteers.services.rounds.readiness import can_run, count_delivery, look, needs_seed
from volunteers.services.rounds.tuning import Tuning, spell

PAGE_SIZE, MOST_AT_ONCE = 50, 500
REFUSALS = (NotReadyError, WrongStateError)


def get_led(request: HttpRequest, public_id: uuid.UUID) -> tuple[Round, User]:
    """For programme staff: 404 for who may not know the round, 403 for everybody else."""
    row = get_object_or_404(Round.objects.visible_to(request.user), public_id=public_id)
    return row, check_staff(request)


def check_staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not is_staff(request.user):
        raise PermissionDenied
    return request.user


@login_required
def write_round(request: HttpRequest) -> HttpResponse:
    check_staff(request)
    return handle_form(request, Round())


@login_required
def edit_round(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    row, _by = get_led(request, public_id)
    return handle_form(request, row)


def handle_form(request: HttpRequest, row: Round) -> HttpResponse:
    """The form comes back with its errors and all that was typed."""
    form = RoundForm(request.POST if request.method == "POST" else None, instance=row)
    if form.is_valid():
        try:
            saved = planning.save_round(form.save(commit=False), by=check_staff(request))
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The round is saved."))
            return redirect("round-staff", saved.public_id)
    old = Round.objects.get(pk=row.pk) if row.pk else None  # the form writes into its instance, also what is refused
    return render(request, "volunteers/rounds/write.html", {"tab": "volunteer", "form": form, "row": old})


@login_required
@require_safe
def lead_round(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    row, by = get_led(request, public_id)
    row = advance_if_due(row)
    verbs = planning.list_verbs(row, by)
    context: dict[str, Any] = {
        "tab": "volunteer",
        "row": row,
        "rules": spell(Tuning.of(row)),
        "readiness": look(row),
        "delivery": count_delivery(row) if row.is_drawn else None,
        "verbs": [(verb, planning.find_missing(row, verb)) for verb in verbs],
        "can_run": can_run(row),
        "needs_seed": needs_seed(row),
        "runs": row.runs.order_by("-number").defer("inputs", "points", "outcome", "record").select_related("by"),
        "history": row.transitions.select_related("by"),
    }
    return render(request, "volunteers/rounds/lead.html", context)


@login_required
@require_safe
def show_progress(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Scoring, office by office: those that wait unless all are asked for."""
    row, _by = get_led(request, public_id)
    waiting = request.GET.get("show") != "all"
    late, chosen = count_progress(row)
    page = paginate_by_key(list_progress(row, waiting=waiting), request, by="pk", size=PAGE_SIZE)
    context = {"tab": "volunteer", "row": row, "waiting": waiting, "late": late, "chosen": chosen, "page": page}
    return render(request, "volunteers/rounds/progress.html", context)


@login_required
@require_POST
def change_round(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    row, by = get_led(request, public_id)
    try:
        changed = planning.change_round(
            row, request.POST.get("verb", ""), by=by, note=request.POST.get("note", "")[:600]
        )
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        state = changed.get_status_display()
        messages.success(request, _("Done. The round is now: %(status)s.") % {"status": state})
    return redirect("round-staff", public_id)


@login_required
@require_POST
def enter_seed(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    row, by = get_led(request, public_id)
    try:
        planning.enter_seed(row, request.POST.get("seed", "")[:200], by=by, note=request.POST.get("note", "")[:600])
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The number is entered. Run the round now, look at the run, and confirm it."))
    return redirect("round-staff", public_id)


@login_required
def choose_requests(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Which requests take part, and with how many seats."""
    row, by = get_led(request, public_id)
    if request.method == "POST":
        return change_requests(request, row, by)
    page = paginate_by_key(row.requests.with_place(), request, by="pk", size=PAGE_SIZE)
    is_planned = row.status == "planned"
    context = {
        "tab": "volunteer",
        "row": row,
        "page": page,
        "rows": [(place, SeatsForm(place=place) if is_planned else None) for place in page],
        "is_planned": is_planned,
        "candidates": planning.list_candidates(row)[:MOST_AT_ONCE] if is_planned else [],
    }
    return render(request, "volunteers/rounds/requests.html", context)


def change_requests(request: HttpRequest, row: Round, by: User) -> HttpResponse:
    """Add what is ticked, change the seats of one, or take one out."""
    verb, _colon, key = request.POST.get("do", "").partition(":")
    try:
        if verb == "add":
            keys = [each for each in request.POST.getlist("request") if is_uuid(each)][:MOST_AT_ONCE]
            added = planning.add_requests(row, list(VolunteerRequest.objects.filter(public_id__in=keys)), by=by)
            messages.success(request, _("%(count)s requests were added.") % {"count": added})
        elif is_uuid(key):
            place = get_object_or_404(RoundRequest.objects.select_related("round", "request"), round=row, public_id=key)
            change_place(request, place, verb, by)
    except NotReadyError as refusal:
        messages.error(request, str(refusal))
    return redirect("round-requests", row.public_id)


def change_place(request: HttpRequest, place: RoundRequest, verb: str, by: User) -> None:
    if verb == "remove":
        planning.take_out(place, by=by)
        return
    form = SeatsForm(request.POST, place=place)
    if not form.is_valid():
        raise NotReadyError(_("Type whole numbers, at least one place."))
    planning.change_request_seats(place, form.cleaned_data["seats"], form.kept, by=by)
    messages.success(request, _("The places are saved."))


def is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
