"""Messages of an application, and the programme's look at those that need one."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.services.asking import know
from ui.keyset import paginate_by_key
from volunteers.enums import InterviewCancel, MessageReason
from volunteers.forms.choosing import MessageForm
from volunteers.models import Application, Message
from volunteers.rules import is_applicant, may_choose, may_moderate, may_write
from volunteers.services.choosing.messages import (
    decide_message,
    is_thread_open,
    report_message,
    send_message,
    settle_reports,
)
from volunteers.services.choosing.thread import read_thread
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.programme_desk import list_messages_waiting

REFUSALS = (NotReadyError, WrongStateError)


def find_thread(request: HttpRequest, public_id: uuid.UUID) -> tuple[Application, User]:
    """The applicant's own, one that the person may decide, or one that a moderator looks after; else 404."""
    rows = Application.objects.with_thread_of(request.user)
    application = get_object_or_404(rows.with_request().select_related("applicant"), public_id=public_id)
    user = know(request)
    return application, user


@login_required
def show_thread(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Read and write; a refused message stays in the box."""
    application, user = find_thread(request, public_id)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            send_message(application, by=user, **form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Sent."), extra_tags=f"draft:message-{public_id}")
            return redirect("application-messages", public_id)
    return render(request, "volunteers/thread.html", describe_thread(application, user, form))


def describe_thread(application: Application, user: User, form: MessageForm) -> dict[str, object]:
    return {
        "tab": "volunteer" if is_applicant(user, application) else "desk",
        "application": application,
        "item": application.request,
        "lines": read_thread(application, by=user),
        "form": form,
        "is_mine": is_applicant(user, application),
        "may_choose": may_choose(user, application),
        "may_write": may_write(user, application) and is_thread_open(application),
        "is_moderated": application.applicant.is_minor and (is_applicant(user, application) or application.is_named),
        "talk": application.interviews.live().prefetch_related("slots").first(),
        "reasons": MessageReason.choices,
        "cancel_reasons": InterviewCancel.choices,
    }


@login_required
@require_POST
def report(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    threads = Application.objects.with_thread_of(request.user)
    rows = Message.objects.filter(application__in=threads).select_related("application__request__office")
    message = get_object_or_404(rows.select_related("application__applicant"), public_id=public_id)
    user = know(request)
    try:
        report_message(message, reason=request.POST.get("reason", ""), by=user)
    except NotReadyError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Thank you. A moderator reads it and decides. The other side is not told who asked.")
        )
    return redirect("application-messages", message.application.public_id)


@login_required
def show_waiting(request: HttpRequest) -> HttpResponse:
    """Messages to people under 18 that wait, and reported ones; the oldest first."""
    if not may_moderate(request.user) or not isinstance(request.user, User):
        raise PermissionDenied
    reported = Exists(Message.objects.reported().filter(pk=OuterRef("pk")))
    rows = list_messages_waiting(request.user).select_related("application__request__office")
    context = {
        "tab": "volunteer",
        "page": paginate_by_key(rows.annotate(is_reported=reported), request, by="created_at"),
        "reasons": MessageReason.choices,
    }
    return render(request, "volunteers/messages_waiting.html", context)


@login_required
@require_POST
def decide(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """`act` is pass, return (with a reason), hide or keep."""
    if not may_moderate(request.user) or not isinstance(request.user, User):
        raise PermissionDenied
    message = get_object_or_404(Message, public_id=public_id)
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    try:
        if act in ("hide", "keep"):
            settle_reports(message, hides=act == "hide", by=request.user)
        else:
            decide_message(message, passes=act == "pass", reason=reason, by=request.user)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    return redirect("messages-waiting")
