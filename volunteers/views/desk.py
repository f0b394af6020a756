"""The commune desk: requests, the blind shortlist, decisions."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.services import find_office_of
from ui.keyset import paginate_by_key
from ui.words import to_digits
from volunteers.enums import NoPlaceReason
from volunteers.models import Application, VolunteerRequest
from volunteers.services.applications import decide
from volunteers.services.clocks import expire_if_overdue, lapse_offers_of
from volunteers.services.desk import count_desk
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.requests import is_editable, list_verbs
from volunteers.services.shortlist import list_applicants

PAGE_SIZE = 20


@login_required
def show_desk(request: HttpRequest) -> HttpResponse:
    user = request.user
    office = find_office_of(user) if isinstance(user, User) else None
    if office is None or office.is_refused:
        raise Http404
    rows = VolunteerRequest.objects.of_offices_of(user).with_applicant_counts()
    context = {
        "tab": "desk",
        "office": office,
        "numbers": count_desk(user),
        "page": paginate_by_key(rows, request, by="-created_at", size=PAGE_SIZE),
    }
    return render(request, "volunteers/desk.html", context)


@login_required
def show_shortlist(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = VolunteerRequest.objects.of_offices_of(request.user).with_place().with_skills()
    item = expire_if_overdue(get_object_or_404(rows, public_id=public_id))
    lapse_offers_of(item)
    assert isinstance(request.user, User)  # noqa: S101 said by login_required
    context = {
        "tab": "desk",
        "item": item,
        "applicants": list_applicants(item, by=request.user),
        "verbs": list_verbs(item, request.user),
        "is_editable": is_editable(item),
        "reasons": NoPlaceReason.choices,
        "history": item.transitions.select_related("by"),
    }
    return render(request, "volunteers/shortlist.html", context)


@login_required
@require_POST
def decide_application(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = Application.objects.of_offices_of(request.user).select_related("request", "applicant")
    application = get_object_or_404(rows, public_id=public_id)
    assert isinstance(request.user, User)  # noqa: S101 said by login_required
    try:
        decide(application, request.POST.get("verb", ""), by=request.user, reason=request.POST.get("reason", ""))
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, f"{to_digits(application.code_name)}: {refusal}")
    else:
        messages.success(
            request, _("Noted for %(code)s. The applicant sees it.") % {"code": to_digits(application.code_name)}
        )
    return redirect("request-shortlist", application.request.public_id)
