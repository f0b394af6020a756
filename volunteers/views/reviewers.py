"""The programme's staff appoint a reviewer where an office does not answer."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from volunteers.forms.choosing import ReviewerForm
from volunteers.models import VolunteerRequest
from volunteers.rules import is_staff
from volunteers.services.choosing.reviewers import appoint, list_candidates, stop
from volunteers.services.machine import NotReadyError


@login_required
def appoint_reviewer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    if not isinstance(request.user, User) or not is_staff(request.user):
        raise PermissionDenied
    item = get_object_or_404(VolunteerRequest.objects.with_place(), public_id=public_id)
    if "stop" in request.POST:
        stop(item, by=request.user)
        messages.success(request, _("Ended. The office decides alone."))
        return redirect("request-reviewer", public_id)
    form = ReviewerForm(request.POST if request.method == "POST" else None, list_candidates(item))
    if request.method == "POST" and form.is_valid():
        try:
            appoint(item, by=request.user, **form.cleaned_data)
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Appointed. The reviewer and the office are told."))
            return redirect("request-reviewer", public_id)
    rows = item.appointments.select_related("reviewer", "by")
    return render(request, "volunteers/reviewer.html", {"tab": "volunteer", "item": item, "form": form, "rows": rows})
