"""A place on both sides: the volunteer's page, the commune desk's list and page, the agreement that both confirm."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.services.asking import know
from ui.keyset import paginate_by_key
from volunteers.enums import EndReason, LeaveReason
from volunteers.models import Placement, Shift
from volunteers.rules import is_applicant, is_of_office
from volunteers.services import agreements
from volunteers.services.induction import track_inductions
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.partner_cohorts import list_for_desk
from volunteers.services.place_page import describe_for_office, describe_list, describe_place
from volunteers.services.placements import change_placement
from volunteers.services.shifts.reading import describe_shifts
from volunteers.services.shifts.waiting import keep_calls_of

PAGE_SIZE = 20
CONFIRMATIONS = {
    "volunteer": agreements.confirm_as_volunteer,
    "office": agreements.confirm_as_office,
    "guardian": agreements.record_guardian,
}


def get_reader(request: HttpRequest) -> User:
    return know(request)


@login_required
def show_placement(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The volunteer's own: what comes next, the shifts to take, what to learn."""
    reader = get_reader(request)
    placement = get_object_or_404(Placement.objects.of(reader).for_page(), public_id=public_id)
    keep_calls_of(placement.application.request_id)
    page = paginate_by_key(
        Shift.objects.ahead().filter(request=placement.application.request), request, by="starts_at", size=PAGE_SIZE
    )
    place = describe_place(placement, reader)
    context = {
        "tab": "volunteer",
        "place": place,
        "page": page,
        "shifts": describe_shifts(page.items, reader, serves=place.serves),
        "leave_reasons": LeaveReason.choices,
    }
    return render(request, "volunteers/placement.html", context)


@login_required
def list_placements(request: HttpRequest) -> HttpResponse:
    """All places of the reader's offices, the newest first."""
    reader = get_reader(request)
    if not reader.has_desk:
        raise Http404
    rows = Placement.objects.of_offices_of(reader).for_page().with_desk_figures()
    page = paginate_by_key(rows, request, by="-agreed_at", size=PAGE_SIZE)
    context = {
        "tab": "desk",
        "page": page,
        "rows": describe_list(page.items, reader, track_inductions(page.items)),
        "cohorts": list_for_desk(reader),
    }
    return render(request, "volunteers/placements.html", context)


@login_required
def show_on_desk(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    reader = get_reader(request)
    rows = Placement.objects.of_offices_of(reader).for_page().with_desk_figures()
    placement = get_object_or_404(rows, public_id=public_id)
    context = {
        "tab": "desk",
        "place": describe_for_office(placement, reader),
        "end_reasons": EndReason.choices,
    }
    return render(request, "volunteers/placement_desk.html", context)


@login_required
def show_agreement(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """For both sides, and staff; made to be printed."""
    reader = get_reader(request)
    placement = get_object_or_404(Placement.objects.visible_to(reader).for_page(), public_id=public_id)
    return render(request, "volunteers/agreement.html", describe_agreement(placement, reader))


def describe_agreement(placement: Placement, reader: User) -> dict[str, Any]:
    return {
        "placement": placement,
        "agreement": agreements.find_agreement(placement),
        "name": describe_place(placement, reader).name,
        "is_mine": is_applicant(reader, placement),
        "is_office": is_of_office(reader, placement),
        "may_record": agreements.may_record_guardian(reader, placement),
    }


@login_required
@require_POST
def confirm_agreement(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    reader = get_reader(request)
    placement = get_object_or_404(Placement.objects.visible_to(reader).for_change(), public_id=public_id)
    confirm = CONFIRMATIONS.get(request.POST.get("as", ""))
    if confirm is None:
        raise PermissionDenied
    try:
        confirm(placement, by=reader)
    except NotReadyError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The agreement is confirmed."))
    return redirect("placement-agreement", public_id)


@login_required
@require_POST
def change_place(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Begin, pause, resume, complete; or end early, from either side. Back to the page of that side."""
    reader = get_reader(request)
    placement = get_object_or_404(Placement.objects.visible_to(reader).for_change(), public_id=public_id)
    words = {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "")[:600]}
    try:
        change_placement(placement, request.POST.get("verb", ""), by=reader, **words)
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. The other side is told."))
    return redirect("placement" if is_applicant(reader, placement) else "desk-placement", public_id)
