"""The commune desk: requests, the blind shortlist, decisions."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.services import find_office_of
from accounts.services.asking import know
from ui.keyset import paginate_by_key
from ui.words import to_digits
from volunteers.enums import CancelReason, NoPlaceReason, OverrideReason
from volunteers.models import Application, RoundRequest, VolunteerRequest
from volunteers.services.agenda import list_meetings
from volunteers.services.amending import is_amendable
from volunteers.services.applications import decide
from volunteers.services.choosing.answers import count_answers
from volunteers.services.choosing.standby import move_up
from volunteers.services.choosing.undo import take_back
from volunteers.services.clocks import expire_if_overdue, lapse_offers_of
from volunteers.services.desk import collect_parts, count_desk, find_pressing, find_questions, list_held
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.requests import is_editable, list_verbs
from volunteers.services.serving.desk import find_hours_waiting
from volunteers.services.shortlist import list_applicants
from volunteers.views.confirming import count_confirmed

PAGE_SIZE = 10


@login_required
def show_desk(request: HttpRequest) -> HttpResponse:
    user = request.user
    office = find_office_of(user) if isinstance(user, User) else None
    if not isinstance(user, User) or office is None or office.is_refused:
        raise Http404
    rows = VolunteerRequest.objects.of_offices_of(user).with_applicant_counts()
    context = {
        "tab": "desk",
        "office": office,
        "numbers": count_desk(user),
        "held": list_held(user),
        "pressing": find_pressing(user),
        "questions": find_questions(user),
        "hours": find_hours_waiting(user),
        "confirmed": count_confirmed(request),
        "meetings": list_meetings(user),
        "parts": collect_parts(user),
        "page": paginate_by_key(rows, request, by="-created_at", size=PAGE_SIZE),
        "reasons": NoPlaceReason.choices,
        "overrides": OverrideReason.choices,
    }
    return render(request, "volunteers/desk.html", context)


@login_required
def show_shortlist(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = VolunteerRequest.objects.choosable_by(request.user).with_place().with_skills()
    item = expire_if_overdue(get_object_or_404(rows, public_id=public_id))
    lapse_offers_of(item)
    user = know(request)
    applicants = list_applicants(item, by=user)
    context = {
        "tab": "desk",
        "item": item,
        "applicants": applicants,
        "standbys": sorted((row for row in applicants if row.standby), key=lambda row: row.standby),
        "held": [row for row in applicants if row.held_until],
        "place": find_place(item) if any(row.is_in_round for row in applicants) else None,
        "answers": count_answers(item),
        "cancel_reasons": CancelReason.choices,
        "verbs": list_verbs(item, user),
        "is_editable": is_editable(item),
        "is_amendable": is_amendable(item),
        "reasons": NoPlaceReason.choices,
        "overrides": OverrideReason.choices,
        "history": item.transitions.select_related("by"),
    }
    return render(request, "volunteers/shortlist.html", context)


def find_place(item: VolunteerRequest) -> RoundRequest | None:
    """Where the office scores this request."""
    return item.round_rows.active().select_related("round").first()


@login_required
@require_POST
def decide_application(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One tap; for two minutes the next one takes it back."""
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    return act(request, public_id, lambda row, by: decide(row, verb, by=by, reason=reason))


@login_required
@require_POST
def undo_decision(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    return act(request, public_id, lambda row, by: take_back(row, by=by))


@login_required
@require_POST
def raise_standby(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return act(request, public_id, lambda row, by: move_up(row, by=by, reason=reason))


def act(request: HttpRequest, public_id: uuid.UUID, do: Callable[[Application, User], object]) -> HttpResponse:
    """Do it to an application that this person may decide, say how it went, and go back to where it was tapped."""
    rows = Application.objects.choosable_by(request.user).select_related("request", "applicant")
    application = get_object_or_404(rows, public_id=public_id)
    user = know(request)
    code = to_digits(application.code_name)
    try:
        do(application, user)
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, f"{code}: {refusal}")
    else:
        messages.success(request, _("Noted for %(code)s.") % {"code": code})
    if request.POST.get("from") == "desk":
        return redirect("desk")
    return redirect("request-shortlist", application.request.public_id)
