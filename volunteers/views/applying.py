"""Applying, and the applicant's own page."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ui.words import to_digits
from volunteers.enums import TimeOfDay
from volunteers.forms import ANSWERS, LONGEST, ApplyForm
from volunteers.matching.instance import MOST_CHOICES
from volunteers.models import Application, VolunteerRequest
from volunteers.services.amending import list_changes_since, list_leave_reasons
from volunteers.services.applications import answer, find_sent, send_application, was_answered
from volunteers.services.clocks import lapse_if_overdue
from volunteers.services.journey import list_steps, say_next
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.rounds.lists import find_choice
from volunteers.services.states import APPLICATION, SeatsFullError
from volunteers.views.finding import DRAFTS, describe_request

MOST_DRAFTS = MOST_CHOICES  # that one visitor may leave here: a whole list of a round
REFUSALS = (NotReadyError, WrongStateError, SeatsFullError)


def apply_to_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = VolunteerRequest.objects.visible_to(request.user).for_page()
    item = get_object_or_404(rows, public_id=public_id)
    if request.method != "POST":
        return redirect(item)
    form = ApplyForm(request.POST, request=item, user=request.user)
    if not request.user.is_authenticated:
        keep_draft(request, form, item)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': f'{item.get_absolute_url()}#apply'})}")
    if form.is_valid():
        times = [TimeOfDay(time) for time in form.cleaned_data.get("times", ())]
        try:
            sent = send_application(item, by=request.user, answers=form.answers, times=times)
        except REFUSALS as refusal:
            if sent_before := find_sent(item, request.user):  # by a first tap on the same button
                return redirect(sent_before)
            form.add_error(None, str(refusal))
        else:
            forget_draft(request, item)
            return redirect(say_where(request, sent))
    keep_draft(request, form, item)
    return render(request, "volunteers/request.html", describe_request(request, item, form))


def say_where(request: HttpRequest, sent: Application) -> str:
    """The page that comes next: in a round the list that it went to, otherwise its own."""
    choice = find_choice(sent)
    if choice is None:
        messages.success(request, _("Your application is sent. The commune sees it at once; its answer comes here."))
        return sent.get_absolute_url()
    text = _("It is number %(number)s on your list. Put the list in your order; choose up to 10.")
    messages.success(request, to_digits(text % {"number": choice.rank}))
    return f"{choice.round_request.round.get_absolute_url()}#list"


def keep_draft(request: HttpRequest, form: ApplyForm, item: VolunteerRequest) -> None:
    """What was typed stays in the session until it is sent, also through sign-in and sign-up.

    Anybody may send anything here: no more is kept than the form takes, of the last few requests.
    """
    typed: dict[str, Any] = {name: form.data.get(name, "")[:LONGEST] for name in ANSWERS if name in form.fields}
    typed["times"] = [time for time in TimeOfDay.values if time in request.POST.getlist("times")]
    typed["agrees"] = bool(form.data.get("agrees"))
    key = str(item.public_id)
    others = [(name, draft) for name, draft in request.session.get(DRAFTS, {}).items() if name != key]
    request.session[DRAFTS] = dict([*others, (key, typed)][-MOST_DRAFTS:])


def forget_draft(request: HttpRequest, item: VolunteerRequest) -> None:
    drafts = request.session.get(DRAFTS, {})
    if drafts.pop(str(item.public_id), None) is not None:
        request.session[DRAFTS] = drafts


@login_required
def show_application(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    rows = Application.objects.visible_to(request.user).with_request()
    application = lapse_if_overdue(get_object_or_404(rows, public_id=public_id))
    placement = getattr(application, "placement", None)
    context = {
        "tab": "volunteer",
        "application": application,
        "item": application.request,
        "placement": placement,
        "steps": list_steps(application),
        "next": say_next(application),
        "history": application.transitions.heard().with_reviewers(),
        "talk": application.interviews.live().first(),
        "answers": application.answered,
        "can_withdraw": application.shown_status in APPLICATION.changes["withdraw"].sources,
        "leave_reasons": list_leave_reasons(application),
        "changes": list_changes_since(application),
    }
    return render(request, "volunteers/application.html", context)


@login_required
@require_POST
def answer_application(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Accept, decline or withdraw."""
    rows = Application.objects.visible_to(request.user).select_related("applicant")
    application = get_object_or_404(rows, public_id=public_id)
    verb, reason = request.POST.get("verb", ""), request.POST.get("reason", "")
    person = application.applicant
    try:
        answer(application, verb, by=person, reason=reason)
    except REFUSALS as refusal:
        if not was_answered(application, verb):  # by a first tap on the same button
            messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. The commune sees your answer on its desk."))
    return redirect(application)
