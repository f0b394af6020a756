"""Questions of a meeting with answers to choose from."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.services.asking import know
from participation.errors import RefusedError
from participation.forms.choices import ChoiceForm, QuestionsForm
from participation.services.choices import Chosen, ask, choose, read_tallies
from participation.views.meetings import get_meeting, get_own_meeting


@login_required
@never_cache
def write_questions(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The office writes them, until somebody has answered."""
    meeting = get_own_meeting(request, public_id)
    form = QuestionsForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid():
        try:
            ask(meeting, form.questions, by=know(request))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."), extra_tags=f"draft:questions-{meeting.public_id}")
            return redirect(meeting)
    return render(request, "participation/questions_edit.html", {"tab": "desk", "meeting": meeting, "form": form})


@login_required
@require_POST
def answer_question(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """One question, by its number on the page."""
    meeting, user = get_meeting(request, public_id), know(request)
    tally = next((each for each in read_tallies(meeting, user) if each.question.position == number), None)
    if tally is None:
        raise Http404
    form = ChoiceForm(request.POST, tally=tally)
    try:
        if not form.is_valid():
            raise RefusedError(_("Choose one of the answers."))
        chosen = Chosen(form.cleaned_data["options"], form.read_id(), form.read_moment())
        choose(tally.question, chosen, by=user)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Counted. You read in the minutes what came of it."))
    return redirect(f"{meeting.get_absolute_url()}#question-{number}")
