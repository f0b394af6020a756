"""Questions to an office: the asker rates the answer or opens it again; the office promises days."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.services.asking import know
from forums import rules, services
from forums.enums import Rating
from forums.errors import NotAllowedError, check
from forums.forms import PromiseForm, RatingForm
from forums.services.questions.answering import find_rating, open_again
from forums.services.questions.answering import rate as keep_rating
from forums.services.questions.clock import find_days
from forums.services.questions.clock import promise as keep_promise
from forums.views.boards import TAB
from forums.views.topics import find_topic


@never_cache
@login_required
def rate(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Did it help? A later word replaces the former."""
    topic = find_topic(request, public_id)
    check(rules.can_rate, request.user, topic)
    own = find_rating(topic)
    initial = {"rating": own.rating, "words": own.words} if own else {"rating": request.GET.get("rating", "")}
    form = RatingForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        own = keep_rating(topic, by=know(request), **form.cleaned_data)
        messages.success(request, _("Thank you. The office learns from it."))
        if own.rating == Rating.HELPED:
            return redirect(topic)
        return redirect("question-rate", topic.public_id)
    may_open = rules.can_open_again(request.user, topic) and own is not None and own.rating != Rating.HELPED
    context = {"tab": TAB, "topic": topic, "form": form, "may_open": may_open}
    return render(request, "forums/question_rate.html", context, status=422 if form.is_bound else 200)


@require_POST
@login_required
def again(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """It did not help: the question waits once more."""
    topic = find_topic(request, public_id)
    at = f"{topic.get_absolute_url()}#reply"
    if topic.is_question and topic.answer_id is None and rules.began(request.user, topic):
        return redirect(at)  # a second click
    check(rules.can_open_again, request.user, topic)
    open_again(topic, by=know(request))
    messages.success(
        request, _("The question is open again, and the office is told. Write below what is still missing.")
    )
    return redirect(at)


@never_cache
@login_required
def promise(request: HttpRequest, slug: str) -> HttpResponse:
    """Within how many days the office answers, by its own word."""
    board = services.get_board(slug, user=request.user)
    if board.commune is None:
        raise Http404
    membership = rules.find_official_membership(request.user, board)
    if membership is None:
        raise NotAllowedError
    form = PromiseForm(request.POST if request.method == "POST" else None, days=find_days(board.commune))
    if form.is_bound and form.is_valid():
        keep_promise(membership.organisation, by=know(request), days=form.cleaned_data["days"])
        messages.success(request, _("Saved. Residents read it when they ask."))
        return redirect(board)
    context = {"tab": TAB, "board": board, "form": form}
    return render(request, "forums/promise.html", context, status=422 if form.is_bound else 200)
