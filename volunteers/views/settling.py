"""For programme staff: disputed hours and appeals, settled by somebody who belongs to neither side."""

import uuid
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.services.asking import know
from volunteers.rules import is_staff
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.serving.attendance import rule_appeal
from volunteers.services.serving.desk import list_appeals_for_staff, list_disputed_hours
from volunteers.services.serving.hours import settle_hours
from volunteers.serving_forms import CorrectHoursForm, split_minutes
from volunteers.views.minutes import write_minutes

MOST_SHOWN = 50


def know_staff(request: HttpRequest) -> User:
    if not is_staff(request.user):
        raise PermissionDenied
    return know(request)


@login_required
@never_cache
@require_safe
def list_disputes(request: HttpRequest) -> HttpResponse:
    """Both kinds, the longest waiting first; only those to which the reader is no party."""
    user = know_staff(request)
    context = {
        "tab": "volunteer",
        "entries": list_disputed_hours(user)[:MOST_SHOWN],
        "appeals": list_appeals_for_staff(user)[:MOST_SHOWN],
    }
    return render(request, "volunteers/disputes.html", context)


@login_required
@never_cache
def settle(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The number that holds, and why. Both sides read the reason."""
    user = know_staff(request)
    entry = get_object_or_404(list_disputed_hours(user), public_id=public_id)
    form = CorrectHoursForm(request.POST or None, initial=split_minutes(entry.minutes))
    if request.method == "POST" and write_minutes(form, partial(settle_hours, entry, by=user)):
        messages.success(request, _("Settled. Both sides hear it."))
        return redirect("disputes")
    context = {"tab": "volunteer", "entry": entry, "form": form, "name": entry.placement.application.code_name}
    return render(request, "volunteers/settle_hours.html", context)


@login_required
@require_POST
def rule(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Came, excused, or did not come: the end of an appeal."""
    user = know_staff(request)
    signup = get_object_or_404(list_appeals_for_staff(user), public_id=public_id)
    try:
        rule_appeal(signup, request.POST.get("verb", ""), by=user, words=request.POST.get("words", "")[:600])
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Decided. Both sides hear it."))
    return redirect("disputes")
