"""Points for applicants: the reviewer's own sheets, the comparison, and what is looked at."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.services.asking import know
from ui.words import to_digits
from volunteers.forms.choosing import CriteriaForms
from volunteers.models import Application, VolunteerRequest
from volunteers.services.choosing.scores import read_sheets
from volunteers.services.machine import NotReadyError
from volunteers.services.rounds.conditions import find_active
from volunteers.services.scoring import change_criteria, ensure_criteria, is_settled, save_scores


@login_required
def show_scores(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = VolunteerRequest.objects.choosable_by(request.user).with_place().prefetch_related("skill_rows")
    item = get_object_or_404(rows, public_id=public_id)
    user = know(request)
    context = {
        "tab": "desk",
        "item": item,
        "sheets": read_sheets(item, by=user),
        "is_office": item.office_id in {row.organisation_id for row in user.active_memberships},
    }
    return render(request, "volunteers/scores.html", context)


@login_required
@require_POST
def score_application(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One whole sheet; `p<criterion>` holds the points."""
    rows = Application.objects.choosable_by(request.user).select_related("request__office")
    application = get_object_or_404(rows, public_id=public_id)
    user = know(request)
    code = to_digits(application.code_name)
    names = [name for name in request.POST if name[:1] == "p" and name[1:].isdecimal()]
    given = {int(name[1:]): request.POST.get(name, "") for name in names}
    points = {key: int(value) for key, value in given.items() if value in {"1", "2", "3", "4", "5"}}
    try:
        save_scores(application, points, by=user)
    except NotReadyError as refusal:
        messages.error(request, f"{code}: {refusal}")
    else:
        messages.success(request, _("Your points for %(code)s are kept.") % {"code": code})
    return redirect("request-scores", application.request.public_id)


def find_points_page(item: VolunteerRequest) -> str:
    """Where the office gives points: on the round's page while a round decides about the request."""
    place = find_active(item.pk)
    if place is None:
        return reverse("request-scores", args=[item.public_id])
    return reverse("round-place", args=[place.round.public_id, place.public_id])


@login_required
def edit_criteria(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The office's own set; as it is once somebody was scored."""
    item = get_object_or_404(VolunteerRequest.objects.of_offices_of(request.user), public_id=public_id)
    user = know(request)
    forms = CriteriaForms(request.POST if request.method == "POST" else None, ensure_criteria(item))
    if request.method == "POST" and forms.is_valid():
        try:
            change_criteria(item, forms.rows, by=user)
        except NotReadyError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Kept. Everybody is scored by this."))
            return redirect(find_points_page(item))
    back = find_points_page(item)
    context = {"tab": "desk", "item": item, "forms": forms, "is_settled": is_settled(item), "back": back}
    return render(request, "volunteers/criteria.html", context)
