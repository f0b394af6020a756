"""Times to talk: proposed on the desk, picked by the applicant."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.services.asking import know
from volunteers.forms.choosing import TalkForm
from volunteers.models import Application, Interview
from volunteers.services.choosing.interviews import ask_for_others, cancel, pick, propose
from volunteers.services.machine import NotReadyError, WrongStateError


@login_required
def propose_times(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = Application.objects.choosable_by(request.user).with_request().select_related("applicant")
    application = get_object_or_404(rows, public_id=public_id)
    user = know(request)
    form = TalkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = {name: data[name] for name in ("way", "where", "minutes", "has_supervisor")}
        try:
            propose(application, starts=form.starts, by=user, **chosen)
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The applicant is asked to pick a time."))
            return redirect("application-messages", public_id)
    context = {"tab": "desk", "application": application, "item": application.request, "form": form}
    return render(request, "volunteers/talk.html", context)


@login_required
@require_POST
def answer_talk(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """`act` is pick (with a slot), other (with a wish) or cancel (with a reason)."""
    threads = Application.objects.with_thread_of(request.user)
    rows = Interview.objects.filter(application__in=threads).select_related("application__request__office")
    talk = get_object_or_404(rows, public_id=public_id)
    user = know(request)
    data, by = request.POST, user
    try:
        if data.get("act") == "pick":
            slot = data.get("slot", "")
            pick(talk, int(slot) if slot.isdecimal() else 0, by=by)
        elif data.get("act") == "other":
            ask_for_others(talk, wish=data.get("wish", ""), by=by)
        else:
            cancel(talk, reason=data.get("reason", ""), by=by)
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. The other side is told."))
    return redirect("application-messages", talk.application.public_id)
