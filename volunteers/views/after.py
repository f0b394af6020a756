"""After a place: the volunteer's own page of it, the three questions, serving again."""

import uuid
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from volunteers.enums import Speaker
from volunteers.forms.after import VolunteerFeedbackForm
from volunteers.models import FeedbackAsk, Placement
from volunteers.services.after.facts import count_time, has_ended
from volunteers.services.after.feedback import find_answer, find_words_on_volunteer, give_as_volunteer
from volunteers.services.after.records import issue_when_due
from volunteers.services.after.returning import list_invitations, take_back, wish_again
from volunteers.services.machine import NotReadyError


@login_required
def show_after(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What was served, the record, feedback both ways, serving again."""
    placement = find_own(request, public_id)
    ask = FeedbackAsk.objects.with_placement().filter(placement=placement).first()
    minutes, days = count_time(placement)
    context = {
        "tab": "volunteer",
        "placement": placement,
        "item": placement.application.request,
        "minutes": minutes,
        "days": days,
        "record": issue_when_due(placement),
        "ask": ask,
        "own": find_answer(ask, Speaker.VOLUNTEER) if ask else None,
        "theirs": find_words_on_volunteer(ask) if ask else None,
        "wish": getattr(placement, "return_wish", None),
        "invitations": list_invitations(placement),
    }
    return render(request, "volunteers/after.html", context)


@login_required
def give_feedback(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The volunteer's three questions; 404 where nothing was asked."""
    placement = find_own(request, public_id)
    ask = get_object_or_404(FeedbackAsk.objects.with_placement(), placement=placement)
    form = VolunteerFeedbackForm(request.POST or None, given=find_answer(ask, Speaker.VOLUNTEER))
    if request.method == "POST" and form.is_valid():
        try:
            give_as_volunteer(ask, form.read_answers(), by=cast(User, request.user))
        except NotReadyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. Your answer is kept."))
            return redirect("placement-after", public_id)
    context = {"tab": "volunteer", "ask": ask, "item": placement.application.request, "form": form, "side": "volunteer"}
    return render(request, "volunteers/feedback.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def serve_again(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One tap to say it, one to take it back."""
    placement = find_own(request, public_id)
    by = cast(User, request.user)
    if "take_back" in request.POST:
        take_back(placement, by=by)
        messages.success(request, _("Taken back. The office does not see it any more."))
    else:
        wish_again(placement, by=by)
        messages.success(request, _("The office sees that you want to help again."))
    return redirect("placement-after", public_id)


def find_own(request: HttpRequest, public_id: uuid.UUID) -> Placement:
    """The reader's own ended place; 404 for every other one."""
    related = ("application__applicant", "application__request__office__commune__district__province", "return_wish")
    rows = Placement.objects.of(cast(User, request.user)).select_related(*related)
    placement = get_object_or_404(rows, public_id=public_id)
    if not has_ended(placement):
        raise Http404
    return placement
