"""What a person wants to be told, and the ways to stop it."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.services.asking import know
from notifications.enums import Channel
from notifications.forms import ChoicesForm
from notifications.models import Notification
from notifications.services.carriers import CARRIERS
from notifications.services.preferences import save_choices, scope_of_kind, scope_of_thread, stop
from notifications.services.stopping import NoSuchLinkError, read_stop_link, use_stop_link


@login_required
def choose(request: HttpRequest) -> HttpResponse:
    user = know(request)
    form = ChoicesForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        save_choices(user, changes=form.changes)
        messages.success(request, _("Saved."))
        return redirect("notifications-settings")
    email = CARRIERS[Channel.EMAIL]
    context = {
        "tab": "me",
        "form": form,
        "has_mail": email.is_available(),
        "address": email.find_address(user),
    }
    return render(request, "notifications/settings.html", context)


@login_required
@require_POST
def stop_from_list(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """No more of this thread (`what=thread`) or of this kind."""
    row = get_object_or_404(Notification.objects.visible_to(request.user), public_id=public_id)
    is_thread = request.POST.get("what") == "thread" and bool(row.group_key)
    stop(row.recipient, scope=scope_of_thread(row.group_key) if is_thread else scope_of_kind(row.kind))
    messages.success(request, _("Stopped. You can switch it on again under “What we tell you, and how”."))
    return redirect("notifications")


@csrf_exempt  # the signed link is the permission, and mail programs send the form without any cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """From an e-mail, signed in or not: one button; a mail program's own button sends the form at once."""
    try:
        link = (use_stop_link if request.method == "POST" else read_stop_link)(token)
    except NoSuchLinkError:
        raise Http404 from None
    return render(request, "notifications/stop.html", {"link": link})
