"""Polls: adding one, voting, the numbers for open pages, who voted openly, ending."""

import uuid

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.services.asking import know
from forums import rules
from forums.errors import WatchedWordError, WrongStateError, check
from forums.forms import BallotForm, PollForm
from forums.models import Board, Topic
from forums.services.brakes import find_refusal
from forums.services.polls.making import add_poll, drop_poll, end_poll
from forums.services.polls.reading import read_poll
from forums.services.polls.voting import vote as give
from forums.services.trust import find_level
from forums.views.boards import TAB
from forums.views.topics import find_topic
from ui.keyset import paginate_by_key


def find_poll(request: HttpRequest, public_id: uuid.UUID) -> Topic:
    """The topic of a poll; 404 for one without."""
    topic = find_topic(request, public_id)
    if getattr(topic, "poll", None) is None:
        raise Http404
    return topic


def brake_poll(form: PollForm, user: User, board: Board) -> str:
    """What cannot be posted cannot be asked by a poll either; the form says why and keeps the words."""
    refusal = find_refusal(form.facts.text, level=find_level(user, board), recent=[])
    if refusal:
        form.add_error("options", refusal)
    return refusal


@never_cache
@login_required
def new(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The author asks by a poll."""
    topic = find_topic(request, public_id)
    check(rules.can_add_poll, request.user, topic)
    form = PollForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and not brake_poll(form, know(request), topic.board):
        try:
            add_poll(topic, form.facts, by=know(request))
        except WatchedWordError as error:
            form.add_error("options", str(error))
        else:
            messages.success(request, _("The poll is there. Everybody who may write can vote."))
            return redirect(f"{topic.get_absolute_url()}#poll")
    context = {"tab": TAB, "topic": topic, "form": form}
    return render(request, "forums/poll_new.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def part(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The numbers as this reader may see them, for pages that are open."""
    topic = find_poll(request, public_id)
    shown = read_poll(topic.poll, own=getattr(topic, "own_choices", None))
    return render(request, "forums/poll.html", {"topic": topic, "shown": shown})


@require_POST
def vote(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Vote, vote otherwise, or take it back with `do=back`. A ballot that is not right comes back as it was sent."""
    topic = find_topic(request, public_id)
    back = f"{topic.get_absolute_url()}#poll"
    if not isinstance(request.user, User):
        return redirect_to_login(back)
    poll = getattr(topic, "poll", None)
    if poll is None or request.POST.get("mark", poll.mark) != poll.mark:
        messages.info(request, _("The poll that you saw is not here any more. Your vote counts nowhere."))
        return redirect(back)
    form = BallotForm(request.POST, shown=read_poll(topic.poll, own=getattr(topic, "own_choices", None)))
    takes_back = request.POST.get("do") == "back"
    if not takes_back and not form.is_valid():
        return render(request, "forums/poll_vote.html", {"tab": TAB, "topic": topic, "ballot": form}, status=422)
    if not ratelimit.consume(request, action="react", user=request.user):
        messages.info(request, _("That was fast. Try again in a minute."))
        return redirect(back)
    try:
        give(topic, [] if takes_back else form.choices, by=request.user)
    except WrongStateError:
        messages.info(request, _("The poll has ended. Read the result."))
    else:
        messages.success(
            request,
            _("Your vote is taken back.") if takes_back else _("Your vote counts. You can change it until the end."),
        )
    return redirect(back)


@never_cache
@login_required
def end(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Its author ends it early, or takes it away while nobody has voted."""
    topic = find_topic(request, public_id)
    poll = getattr(topic, "poll", None)
    if request.method == "POST" and topic.author_id == request.user.pk and (poll is None or poll.is_over):
        return redirect(topic)  # a second click
    if poll is None:
        raise Http404
    check(rules.can_run_poll, request.user, topic)
    if request.method == "POST":
        try:
            (drop_poll if request.POST.get("do") == "drop" else end_poll)(topic, by=know(request))
        except WrongStateError:
            messages.info(request, _("Somebody has voted meanwhile. You can end the poll, but not take it away."))
        return redirect(topic)
    return render(request, "forums/poll_end.html", {"tab": TAB, "topic": topic})


@require_safe
def ballots(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who voted how in an open poll; a closed poll has no such page, for nobody."""
    topic = find_poll(request, public_id)
    if topic.poll.is_secret:
        raise Http404
    shown = read_poll(topic.poll, own=getattr(topic, "own_choices", None))
    if not shown.bars:
        raise Http404
    names = {option.number: option.text for option in shown.options}
    rows = topic.poll.ballots.filter(voted_at__isnull=False).select_related("voter")
    page = paginate_by_key(rows, request, by="-voted_at", size=50)
    votes = [(row.voter, [names[number] for number in row.choices]) for row in page]
    return render(request, "forums/poll_votes.html", {"tab": TAB, "topic": topic, "page": page, "votes": votes})
