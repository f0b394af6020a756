"""A question of a live room reported, and decided on by the programme."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.rules import is_programme_staff
from accounts.services.asking import know
from participation.enums import AsideReason
from participation.errors import RefusedError
from participation.models import Question
from participation.services.room import reporting
from participation.views.room import find_voice, get_room, send_in

REASONS = [(reason.value, reason.label) for reason in AsideReason if reason.value in AsideReason.unreadable()]


@never_cache
def report(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """From a phone in the room: what is wrong with the question."""
    room = get_room(request, public_id)
    question = get_object_or_404(room.questions.select_related("user"), number=number)
    question.room = room
    voice = find_voice(request, room)
    if voice is None:
        return send_in(request, room)
    if request.method == "POST":
        try:
            reporting.report(question, voice=voice, reason=request.POST.get("reason", ""))
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The programme reads it and decides."))
            return redirect(room)
    context = {"tab": "forum", "room": room, "meeting": room.meeting, "question": question, "reasons": REASONS}
    return render(request, "participation/room/report.html", context)


@login_required
@never_cache
@require_safe
def list_reports(request: HttpRequest) -> HttpResponse:
    """What waits, for the programme's staff."""
    if not is_programme_staff(request.user):
        raise PermissionDenied
    context = {"tab": "desk", "reported": reporting.list_reported(know(request))}
    return render(request, "participation/room/reports.html", context)


@login_required
@require_POST
def settle(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """`do=out` takes the words out, `do=stay` lets them stand."""
    if not is_programme_staff(request.user):
        raise PermissionDenied
    question = get_object_or_404(
        Question.objects.select_related("room__meeting__office"), room__meeting__public_id=public_id, number=number
    )
    reporting.settle(question, by=know(request), takes_out=request.POST.get("do") == "out")
    messages.success(request, _("Decided."))
    return redirect("room-reports")
