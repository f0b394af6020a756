"""A volunteer's own service on one page; the appeal against "did not come"."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.services.asking import know
from volunteers.models import ShiftSignup
from volunteers.services.journey import list_sent
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.serving.attendance import appeal
from volunteers.services.serving.calendar import find_feed
from volunteers.services.serving.mine import read_my_service


@login_required
@never_cache
@require_safe
def show_my_service(request: HttpRequest) -> HttpResponse:
    user = know(request)
    context = {"tab": "volunteer", "mine": read_my_service(user), "sent": list_sent(user), "feed": find_feed(user)}
    return render(request, "volunteers/my_service.html", context)


@login_required
@require_POST
def appeal_attendance(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    user = know(request)
    signup = get_object_or_404(ShiftSignup.objects.of(user), public_id=public_id)
    try:
        appeal(signup, by=user, words=request.POST.get("words", "")[:600])
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Sent. The office looks again; if it stays with its word, the programme decides."))
    return redirect("my-service")
