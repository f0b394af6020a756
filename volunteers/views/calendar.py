"""The calendar of one's shifts: the secret address, its page of settings, one shift as a file."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.services.asking import know
from volunteers.models import ShiftSignup
from volunteers.services.serving.calendar import (
    end_feed,
    find_feed,
    find_feed_owner,
    make_etag,
    renew_feed,
    write_feed,
    write_shift,
)

ICS = "text/calendar; charset=utf-8"


@require_safe
def read_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Without a sign-in: calendar programs know only the address. Unchanged is 304."""
    owner = find_feed_owner(token)
    if owner is None:
        raise Http404
    body = write_feed(owner)
    response = HttpResponse(body, content_type=ICS, headers={"ETag": make_etag(body)})
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="shifts.ics"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer if isinstance(answer, HttpResponse | HttpResponseNotModified) else response


@login_required
@never_cache
@require_safe
def read_shift(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One shift of one's own, for the phone's calendar."""
    rows = ShiftSignup.objects.of(know(request)).select_related("shift__request__office")
    signup = get_object_or_404(rows, public_id=public_id)
    headers = {"Content-Disposition": 'attachment; filename="shift.ics"'}
    return HttpResponse(write_shift(signup), content_type=ICS, headers=headers)


@login_required
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """The address to copy; by POST a first or new one, or none."""
    user = know(request)
    if request.method == "POST":
        if request.POST.get("verb") == "end":
            end_feed(user)
            messages.success(request, _("The address no longer works. Calendars that read it will find nothing."))
        else:
            renew_feed(user)
            messages.success(request, _("This is your address now. An earlier one no longer works."))
        return redirect("calendar")
    feed = find_feed(user)
    path = reverse("calendar-feed", args=[feed.token]) if feed else ""
    context = {"tab": "volunteer", "address": path and f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"}
    return render(request, "volunteers/calendar.html", context)
