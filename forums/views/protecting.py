"""Writing protected, one's own protected posts, and the seals."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.services.asking import know
from forums import rules, services
from forums.enums import TrustLevel
from forums.errors import CaseError, NotAllowedError, check
from forums.forms import make_pace_error
from forums.forms.protecting import AskSealForm, ProtectedReplyForm, ProtectedTopicForm
from forums.models import Topic
from forums.services import protecting, unsealing
from forums.services.brakes import find_refusal
from forums.services.masking import find_mask
from forums.services.pace import PROTECTED_PACE, find_end, read_masked
from forums.views.boards import TAB
from forums.views.boxes import begin_with, describe_box, go_to_sent, wait_for_sign_in
from forums.views.moved import give_back
from forums.views.posts import find_post
from forums.views.topics import find_topic
from ui.keyset import paginate_by_key


def brake_masked(form: ProtectedReplyForm, request: HttpRequest) -> int:
    """As for somebody new, whoever it is: what a mask may do must not tell who wears it."""
    recent, client_id = read_masked(know(request)), form.cleaned_data["client_id"]
    end = find_end(recent, PROTECTED_PACE, client_id=client_id)
    if end:
        form.add_error("source", make_pace_error(end))
        return 429
    refusal = find_refusal(form.cleaned_data["source"], level=TrustLevel.NEW, recent=recent, client_id=client_id)
    if refusal:
        form.add_error("source", refusal)
    return 422 if refusal else 0


@never_cache
def reply(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """First who sees what, then the words."""
    if not request.user.is_authenticated:
        return wait_for_sign_in(request, f"topic:{public_id}")
    words, topic = request.POST.get("source", ""), None
    try:
        topic = find_topic(request, public_id)
        check(rules.can_protect, request.user, topic.board)
        check(rules.can_reply, request.user, topic)
        return write(request, topic)
    except Http404:
        moved = services.find_moved(public_id, number=1, user=request.user) if words else None
        return write_there(request, moved) if isinstance(moved, Topic) else give_back(request, words)
    except NotAllowedError:
        if not words.strip():
            raise
        return give_back(request, words, topic=topic)


def write(request: HttpRequest, topic: Topic) -> HttpResponse:
    status, sent = 200, request.POST if request.method == "POST" else None
    initial = {"client_id": uuid.uuid4()} | (begin_with(request, f"topic:{topic.public_id}") if sent is None else {})
    form = ProtectedReplyForm(sent, initial=initial)
    if form.is_bound:
        status = 422 if not form.is_valid() else brake_masked(form, request)
    if status:
        return show_form(request, topic, form, status)
    words = {name: form.cleaned_data[name] for name in ("source", "client_id")}
    return go_to_sent(request, protecting.reply_protected(topic, by=know(request), **words))


def write_there(request: HttpRequest, topic: Topic) -> HttpResponse:
    """The topic was joined to this one meanwhile. The words are in the form of this page alone: nothing is kept."""
    words = request.POST.get("source", "")
    if not (rules.can_protect(request.user, topic.board) and rules.can_reply(request.user, topic)):
        return give_back(request, words, topic=topic)
    initial = {"source": words, "client_id": uuid.uuid4()}
    messages.info(request, _("This topic was joined to another one. Your words wait here: look at them and send."))
    return show_form(request, topic, ProtectedReplyForm(initial=initial), 409)


def show_form(request: HttpRequest, topic: Topic, form: ProtectedReplyForm, status: int) -> HttpResponse:
    context = {"tab": TAB, "topic": topic, "board": topic.board, "form": form}
    context |= describe_box(request, f"topic:{topic.public_id}")
    context["mask"] = find_mask(know(request), topic.public_id)
    context["address"] = reverse("protected-reply", args=[topic.public_id])
    return render(request, "forums/protected_write.html", context, status=status)


@never_cache
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """A topic that begins protected."""
    if not request.user.is_authenticated:
        return wait_for_sign_in(request, f"board:{slug}")
    board = services.get_board(slug, user=request.user)
    check(rules.can_protect, request.user, board)
    status, sent = 200, request.POST if request.method == "POST" else None
    initial = {"client_id": uuid.uuid4()} | (begin_with(request, f"board:{slug}") if sent is None else {})
    form = ProtectedTopicForm(sent, initial=initial)
    if form.is_bound:
        status = 422 if not form.is_valid() else brake_masked(form, request)
    if status:
        context = {"tab": TAB, "board": board, "form": form} | describe_box(request, f"board:{slug}")
        return render(request, "forums/protected_write.html", context, status=status)
    words = {name: form.cleaned_data[name] for name in ("kind", "title", "source", "client_id")}
    return go_to_sent(request, protecting.start_protected(board, by=know(request), **words))


@never_cache
@login_required
def own(request: HttpRequest) -> HttpResponse:
    """What I wrote protected, what is new there, what was decided, and whether a seal was opened. A POST says that what
    could not be written was read.
    """
    user = know(request)
    masks = protecting.list_masks(user)
    refusals = protecting.list_own_refusals(masks)
    if request.method == "POST":
        read = request.POST.get("read", "")
        for row in refusals:
            if str(row.public_id) == read:
                protecting.drop_refusal(row, by=user)
        return redirect("protected")
    context = {
        "tab": TAB,
        "posts": protecting.list_own_posts(masks),
        "held": protecting.list_own_held(masks),
        "acts": protecting.list_own_acts(masks),
        "refusals": refusals,
        "openings": protecting.list_own_openings(masks),
    }
    return render(request, "forums/protected_own.html", context)


@login_required
def ask(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """A moderator asks the programme to open the seal of this post."""
    post = find_post(request, public_id, number, rules.can_judge)
    form = AskSealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(unsealing.ask_to_open(post, by=know(request), **form.cleaned_data))
        except CaseError as error:
            messages.error(request, str(error))
            return redirect(post)
    context = {"tab": TAB, "post": post, "topic": post.topic, "form": form}
    return render(request, "forums/seal_ask.html", context, status=422 if form.is_bound else 200)


@require_safe
@login_required
def seals(request: HttpRequest) -> HttpResponse:
    """To moderators and the programme: what was asked."""
    check(rules.can_see_queue, request.user, None)
    page = paginate_by_key(unsealing.list_openings(know(request)), request, by="-pk")
    return render(request, "forums/seals.html", {"tab": TAB, "page": page})


@never_cache
@login_required
def seal(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One of them: the second person's answer, and for 48 hours the name, to the two people alone."""
    user = know(request)
    row = get_object_or_404(unsealing.list_openings(user), public_id=public_id)
    if request.method == "POST":
        try:
            unsealing.answer(row, by=user, agrees=request.POST.get("act") == "agree")
        except CaseError as error:
            messages.error(request, str(error))
        return redirect(row)
    is_one_of_two = user.pk in (row.asked_by_id, row.decided_by_id)
    shown = unsealing.is_open(row) and is_one_of_two
    context = {"tab": TAB, "row": row, "may_answer": row.decided_at is None and unsealing.can_answer(user, row)}
    context |= {"shown": shown, "person": unsealing.find_person(row, by=user) if shown else None}
    return render(request, "forums/seal.html", context)
