"""After a meeting: one tap by a personal link; the office reads sums and answers them."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.services.asking import know
from participation.enums import MissedBecause, Opinion
from participation.forms.attendance import AboutMeForm
from participation.forms.feedback import ReplyForm, SayForm
from participation.models import FeedbackReply
from participation.services.feedback.answering import Asked, find_asked, find_said, may_tell_about, say, tell_about
from participation.services.feedback.reading import read_feedback, reply
from participation.views.meetings import get_own_meeting


@never_cache
def give(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the notification asks nobody to sign in; only a tap on a button is an answer."""
    asked = find_asked(token)
    if asked is None:
        raise Http404
    if request.POST.get("do") == "about":
        return tell(request, asked)
    form = SayForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        say(asked, form.word)
        return redirect(request.path)
    context = {"tab": "forum", "asked": asked, "said": find_said(asked)}
    context |= {"opinions": Opinion.choices, "reasons": MissedBecause.choices}
    context["about"] = AboutMeForm() if may_tell_about(asked) else None
    return render(request, "participation/feedback_give.html", context)


def tell(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What the person says of themselves, for the sums."""
    form = AboutMeForm(request.POST)
    if form.is_valid():
        tell_about(asked, form.read_about())
        messages.success(request, _("Thank you. It goes into the sums alone."))
    return redirect(request.path)


@login_required
@never_cache
def read(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Sums for the office, and its sentence."""
    meeting = get_own_meeting(request, public_id)
    if not meeting.is_over or meeting.is_draft:
        raise Http404
    held = FeedbackReply.objects.filter(meeting=meeting).first()
    initial = {"text_km": held.text_km, "text_en": held.text_en} if held else {}
    form = ReplyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        reply(meeting, **form.cleaned_data, by=know(request))
        messages.success(request, _("Saved. It stands on the page of your next meeting."))
        return redirect("meeting-feedback-read", meeting.public_id)
    context = {"tab": "desk", "meeting": meeting, "feedback": read_feedback(meeting), "form": form}
    return render(request, "participation/feedback_read.html", context)
