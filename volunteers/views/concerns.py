"""A concern: raised by either side or staff, read and closed by staff alone."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from ui.keyset import paginate_by_key
from volunteers.enums import Side
from volunteers.forms.shifts import ConcernForm
from volunteers.models import Concern, Placement
from volunteers.rules import is_staff
from volunteers.services import concerns as handling
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.views.placements import get_reader


@login_required
def raise_about(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    reader = get_reader(request)
    rows = Placement.objects.visible_to(reader) | Placement.objects.guided_by(reader)
    placement = get_object_or_404(rows.for_page(), public_id=public_id)
    back = find_back(handling.find_side(reader, placement), placement)
    form = ConcernForm(request.POST or None)
    if form.is_valid():
        handling.raise_concern(placement, by=reader, words=form.cleaned_data["words"])
        messages.success(
            request, _("The programme's staff are told now. The place is paused until they have looked at it.")
        )
        return redirect(back)
    context = {"placement": placement, "item": placement.application.request, "form": form, "back": back}
    return render(request, "volunteers/concern.html", context)


def find_back(side: Side | None, placement: Placement) -> str:
    """The page of the place, or of those one guides; for staff the concerns."""
    if side == Side.GUIDE:
        return reverse("guided-request", args=[placement.application.request.public_id])
    names = {Side.VOLUNTEER: "placement", Side.OFFICE: "desk-placement"}
    return reverse(names[side], args=[placement.public_id]) if side in names else reverse("concerns")


def list_concerns(request: HttpRequest) -> HttpResponse:
    """For staff: the open ones, the longest waiting first; `?closed` shows the others."""
    reader, is_closed = check_staff(request), "closed" in request.GET
    rows = handling.list_concerns(reader, is_closed=is_closed)
    page = paginate_by_key(rows, request, by="-raised_at" if is_closed else "raised_at", size=50)
    return render(request, "volunteers/admin/concerns.html", {"page": page, "is_closed": is_closed})


def list_places(request: HttpRequest) -> HttpResponse:
    """For staff: every place that is not over, so that they can read its agreement and raise a concern themselves."""
    check_staff(request)
    page = paginate_by_key(Placement.objects.live().for_page(), request, by="-agreed_at", size=50)
    return render(request, "volunteers/admin/places.html", {"page": page})


def handle_concern(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Read it, note what was done, close it: the place goes on or ends."""
    by = check_staff(request)
    rows = Concern.objects.select_related(
        "raised_by", "placement__application__request__office", "placement__application__applicant"
    )
    concern = get_object_or_404(rows, public_id=public_id)
    note = request.POST.get("note", "")
    if request.method == "POST":
        try:
            act_on(concern, request.POST.get("do", ""), by, note)
        except (NotReadyError, WrongStateError) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Noted."))
            return redirect("concern", public_id)
    lines = handling.read_concern(concern, by=by)
    return render(request, "volunteers/admin/concern.html", {"concern": concern, "lines": lines, "note": note})


def act_on(concern: Concern, verb: str, by: User, note: str) -> None:
    if verb == "note":
        handling.note_concern(concern, by=by, words=note)
    elif verb in ("lift", "end"):
        handling.close_concern(concern, by=by, words=note, is_over=verb == "end")
    else:
        raise Http404


def check_staff(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not is_staff(request.user):
        raise PermissionDenied
    return request.user
