"""Ideas: the list of a board, support, the office's step, the residents' word, and photos of steps."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.services.asking import know
from forums import rules, services
from forums.enums import IdeaStatus
from forums.errors import WrongStateError, check
from forums.forms import MoveForm, VerdictForm
from forums.models import Topic
from forums.services.ideas.judging import judge as say
from forums.services.ideas.moving import move
from forums.services.ideas.reading import count_states, list_ideas
from forums.services.ideas.residents import may_judge
from forums.services.ideas.supporting import support as give
from forums.views.boards import TAB
from forums.views.topics import find_topic
from ui.keyset import paginate_by_key


def find_idea(request: HttpRequest, public_id: uuid.UUID) -> Topic:
    """The topic of an idea on a commune's board; 404 for others."""
    topic = find_topic(request, public_id)
    if not topic.is_idea:
        raise Http404
    return topic


@require_safe
def ideas(request: HttpRequest, slug: str) -> HttpResponse:
    """All ideas of a board, most supported first, `?status=` of one state only."""
    board = services.get_board(slug, user=request.user)
    status = request.GET.get("status", "")
    status = status if status in IdeaStatus.values else ""
    page = paginate_by_key(list_ideas(board, user=request.user, status=status), request, by="-support_count")
    states = count_states(board, user=request.user)
    context = {"tab": TAB, "board": board, "page": page, "states": states, "status": status}
    return render(request, "forums/ideas.html", context)


@require_POST
def support(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Be for it; `do=stop` takes it back. Who is signed out signs in first, and then taps again."""
    topic = find_idea(request, public_id)
    if not isinstance(request.user, User):
        return redirect_to_login(topic.get_absolute_url())
    if ratelimit.consume(request, action="react", user=request.user):
        give(topic, by=request.user, is_on=request.POST.get("do") != "stop")
    else:
        messages.info(request, _("That was fast. Try again in a minute."))
    return redirect(f"{topic.get_absolute_url()}#part-idea")


@never_cache
@login_required
def step(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The office says how far it is."""
    topic = find_idea(request, public_id)
    check(rules.can_move_idea, request.user, topic)
    is_sent = request.method == "POST"
    form = MoveForm(request.POST if is_sent else None, request.FILES if is_sent else None, status=topic.idea.status)
    if is_sent and form.is_valid():
        verb = form.cleaned_data.pop("verb")
        try:
            move(topic, verb, by=know(request), **form.cleaned_data)
        except WrongStateError:
            messages.info(request, _("Somebody of your office changed it meanwhile. Look at it again."))
        else:
            messages.success(request, _("Written. The author and everybody who supports it are told."))
        return redirect(f"{topic.get_absolute_url()}#part-idea")
    context = {"tab": TAB, "topic": topic, "form": form}
    return render(request, "forums/idea_step.html", context, status=422 if is_sent else 200)


@never_cache
@login_required
def judge(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A resident says whether it is done."""
    topic = find_idea(request, public_id)
    if not may_judge(request.user, topic):
        is_office = rules.is_of_office(request.user, topic.board)
        context = {"tab": TAB, "topic": topic, "is_office": is_office}
        return render(request, "forums/idea_judges.html", context, status=403)
    is_sent = request.method == "POST"
    form = VerdictForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and topic.idea.asks_residents and form.is_valid():
        try:
            say(topic, by=know(request), **form.cleaned_data)
        except WrongStateError:
            messages.info(request, _("The residents have decided meanwhile. Thank you all the same."))
        else:
            messages.success(request, _("Thank you. Your word counts."))
        return redirect(f"{topic.get_absolute_url()}#part-idea")
    context = {"tab": TAB, "topic": topic, "form": form}
    return render(request, "forums/idea_judge.html", context, status=422 if form.errors else 200)


@require_safe
def photo(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponseBase:
    """The photo of a step, for whoever may read the topic; while it waits, for moderators."""
    topic = find_idea(request, public_id)
    step = get_object_or_404(topic.idea.steps.exclude(photo=""), number=min(number, 32767))
    step.idea = topic.idea
    if not (step.is_shown or rules.can_care(request.user, step)):
        raise Http404
    response = FileResponse(step.photo.open("rb"), content_type="image/webp")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400"
    return response
