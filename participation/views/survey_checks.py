"""Answers that came in a burst: the lead says what happened, the programme decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.services.asking import know
from participation import rules
from participation.errors import RefusedError
from participation.forms.checks import AskForm, DecideForm
from participation.services.surveys.checking import ask_for_check, decide_check
from participation.views.surveys import get_led, show_lead


@login_required
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """With what happened."""
    survey, form = get_led(request, code), AskForm(request.POST)
    if form.is_valid():
        try:
            ask_for_check(survey, by=know(request), **form.cleaned_data)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The programme is asked. You are told what it decides."))
        return redirect("survey-lead", code)
    return show_lead(request, survey, ask_form=form)


@login_required
@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """With a reason; the latest check is the one that is open."""
    survey, form = get_led(request, code), DecideForm(request.POST)
    if not rules.can_check_bursts(request.user, survey):
        raise PermissionDenied
    check = get_object_or_404(survey.burst_checks.all()[:1])
    if form.is_valid():
        decide_check(check, by=know(request), **form.cleaned_data)
        messages.success(request, _("Decided. Whoever asked is told."))
        return redirect("survey-lead", code)
    return show_lead(request, survey, decide_form=form)
