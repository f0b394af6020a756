"""An office in a round: its requests, blind scoring, and what the round decided, by code name."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.services.asking import know
from ui.words import to_digits
from volunteers.models import Application, RequestOutcome, RoundRequest
from volunteers.services.machine import NotReadyError
from volunteers.services.rounds.clocks import advance_if_due
from volunteers.services.rounds.office import describe_outcome, list_sheets, save_sheet
from volunteers.services.rounds.tuning import Tuning, spell
from volunteers.services.scoring import ensure_criteria

PAGE_SIZE = 20


@login_required
@require_safe
def show_office(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The requests of the clerk's own offices in this round."""
    places = RoundRequest.objects.of_offices_of(request.user).filter(round__public_id=public_id)
    rows = list(places.with_place().with_counts().order_by("pk"))
    if not rows:
        raise Http404
    row = advance_if_due(rows[0].round)
    context = {"tab": "desk", "row": row, "places": rows, "rules": spell(Tuning.of(row))}
    return render(request, "volunteers/rounds/office.html", context)


@login_required
@require_safe
def show_place(request: HttpRequest, public_id: uuid.UUID, place_id: uuid.UUID) -> HttpResponse:
    """Score the applicants of one request, or read how its seats went."""
    rows = RoundRequest.objects.of_offices_of(request.user).filter(round__public_id=public_id).with_place()
    place = get_object_or_404(rows, public_id=place_id)
    user = know(request)
    place.round = advance_if_due(place.round)
    context: dict[str, Any] = {"tab": "desk", "place": place, "row": place.round, "item": place.request}
    if place.round.is_drawn:
        context["outcomes"] = describe_outcome(RequestOutcome.objects.filter(round_request=place))
    else:
        start = int(request.GET.get("from", "0")) if request.GET.get("from", "0").isdigit() else 0
        criteria = ensure_criteria(place.request)
        sheets = list_sheets(place, criteria, by=user, start=start, size=PAGE_SIZE)
        context |= {"criteria": criteria, "sheets": sheets, "rules": spell(Tuning.of(place.round))}
    return render(request, "volunteers/rounds/place.html", context)


@login_required
@require_POST
def score_application(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One reviewer's sheet for one applicant."""
    rows = Application.objects.of_offices_of(request.user).select_related(
        "request__office", "round_choice__round_request__round"
    )
    application = get_object_or_404(rows, public_id=public_id, round_choice__isnull=False)
    user = know(request)
    code = to_digits(application.code_name)
    try:
        save_sheet(application, request.POST, by=user)
    except NotReadyError as refusal:
        messages.error(request, f"{code}: {refusal}")
    else:
        messages.success(request, _("Points for %(code)s are saved.") % {"code": code})
    place = application.round_choice.round_request
    page = reverse("round-place", args=[place.round.public_id, place.public_id])
    start = request.POST.get("from", "")
    return redirect(f"{page}{f'?from={start}' if start.isdigit() else ''}#{application.public_id}")
