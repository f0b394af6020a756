"""Reading a topic, starting one, replying, and what came after."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from forums import rules, services
from forums.errors import AnsweredError, NotAllowedError
from forums.forms import ReplyForm
from forums.models import Topic
from forums.realtime import thing_of
from forums.services.drafts import drop_draft, find_draft
from forums.services.holding import submit_reply
from forums.services.polls.seals import make_seals
from forums.views.boards import TAB
from forums.views.drafts import keep
from forums.views.keeping import keep_unsent, take_unsent
from forums.views.moved import go_on
from forums.views.polling import make_poll_context
from forums.views.sending import brake, go_to
from ui.rooms import transport
from ui.rooms.tokens import make_token

BIGGEST = 2**31 - 1


def find_topic(request: HttpRequest, public_id: uuid.UUID) -> Topic:
    """The one door to a topic; 404 for whoever may not read it."""
    topics = Topic.objects.visible_to(request.user).for_reader(request.user).with_draft(request.user)
    seals = make_seals(public_id, request.user.pk) if request.user.is_authenticated else []
    parts = topics.with_own_voice(request.user, seals).select_related(
        "board__commune__district__province", "author", "answer", "idea__village", "poll", "asked"
    )
    return get_object_or_404(parts, public_id=public_id)


def read_number(request: HttpRequest, name: str, default: int) -> int:
    """A whole number of the query string, kept in the database's range; `default` for anything else."""
    text = request.GET.get(name, "")
    return min(int(text), BIGGEST) if text.isascii() and text.isdigit() and len(text) < 20 else default


@never_cache
@require_safe
def topic(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A page of the topic; `?post=7` is the page that holds post 7. `?quote=7` and `?to=7` begin a reply to it."""
    try:
        topic = find_topic(request, public_id)
    except Http404:
        if unsent := take_unsent(request, f"topic:{public_id}"):
            return go_on(request, public_id, unsent)
        moved = services.find_moved(public_id, number=read_number(request, "post", 1), user=request.user)
        if moved is None:
            raise
        return redirect(moved, permanent=True)
    return render_topic(request, topic, make_reply_form(request, topic))


def render_topic(request: HttpRequest, topic: Topic, form: ReplyForm, status: int = 200) -> HttpResponse:
    """The page, also for a reply that needs another look."""
    thread = services.read_thread(topic, user=request.user, number=read_number(request, "post", 1))
    context = {
        "tab": TAB,
        "thread": thread,
        "topic": topic,
        "form": form,
        "may_reply": rules.can_reply(request.user, topic),
        "may_protect": rules.can_protect(request.user, topic.board),
        "may_support": rules.can_support(request.user, topic),
        **make_poll_context(request.user, topic),
        "may_rate": rules.can_rate(request.user, topic),
        "may_name_meeting": rules.can_name_meeting(request.user, topic),
        "may_move": rules.can_move_idea(request.user, topic),
        "may_order": request.user.is_authenticated and rules.can_keep_order(request.user, topic),
        "canonical": topic.get_absolute_url() + (f"?post={thread.start}" if thread.start > 2 else ""),
        "address": request.build_absolute_uri(topic.get_absolute_url()),
        "socket": f"{settings.SOCKET_ORIGIN}/ws/topics/{topic.public_id}/" if transport.is_carried() else "",
        "token": make_topic_token(topic),
    }
    response = render(request, "forums/topic.html", context, status=status)
    allow_socket(request, response)
    return response


def make_topic_token(topic: Topic) -> str:
    """For the page in its language."""
    language = get_language() or settings.LANGUAGE_CODE
    return make_token(thing_of(topic), language, is_private=topic.is_private)


def allow_socket(request: HttpRequest, response: HttpResponse) -> None:
    """Older Safari does not count sockets as 'self', and the sockets may live on another origin: name it."""
    origin = (settings.SOCKET_ORIGIN or request.build_absolute_uri("/")[:-1]).replace("http", "ws", 1)
    response._csp_update = {"connect-src": [origin]}  # type: ignore[attr-defined]


def make_reply_form(request: HttpRequest, topic: Topic, data: Any = None) -> ReplyForm:
    """Bound to what was sent, else begun with what was kept and what `?quote=` or `?to=` asks for."""
    key = f"topic-{topic.public_id}"
    draft = find_draft(key, request.user) if getattr(topic, "has_draft", False) else None
    options: Any = {"draft": key, "saving": draft.version if draft else 0}
    options["may_answer"] = topic.is_question and rules.is_official_on(request.user, topic.board)
    if data is not None:
        return ReplyForm(data, request.FILES, **options)
    asked = {"quoted": read_number(request, "quote", 0), "to": read_number(request, "to", 0)}
    begun = services.begin_reply(topic, by=request.user, **asked)
    words = take_unsent(request, f"topic:{topic.public_id}") or (draft.source if draft else "")
    source = f"{words.rstrip()}\n\n{begun}" if words and begun else words or begun
    initial = {"source": source, "client_id": uuid.uuid4(), "seen_answer": topic.answer.number if topic.answer else 0}
    return ReplyForm(initial=initial, begun=begun, **options)


@require_POST
def reply(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Write a reply. Signed out meanwhile: the text waits on the server until the person is back."""
    if not isinstance(request.user, User):  # before the door: a private topic would not let the words in
        keep_unsent(request, f"topic:{public_id}", request.POST.get("source", ""))
        return redirect_to_login(f"{reverse('topic', args=[public_id])}#reply")
    try:
        topic = find_topic(request, public_id)
    except Http404:
        return go_on(request, public_id, request.POST.get("source", ""))
    form = make_reply_form(request, topic, request.POST)
    if "keep" in request.POST:
        return keep(request, f"topic-{public_id}")
    if not form.is_valid():
        return render_topic(request, topic, form, status=422)
    if not rules.can_reply(request.user, topic):
        return render_topic(request, topic, form, status=403)
    if status := brake(form, request.user, topic.board):
        return render_topic(request, topic, form, status=status)
    try:
        post = submit_reply(topic, by=request.user, **form.cleaned_data)
    except (NotAllowedError, AnsweredError) as error:
        return look_again(request, public_id, form, error)
    drop_draft(f"topic-{public_id}", by=request.user)
    return go_to(request, post, _("Your reply is posted."), f"topic-{public_id}")


def look_again(request: HttpRequest, public_id: uuid.UUID, form: ReplyForm, error: Exception) -> HttpResponse:
    """It was answered, closed, joined, moved or hidden while the words were on their way."""
    try:
        topic = find_topic(request, public_id)
    except Http404:
        return go_on(request, public_id, request.POST.get("source", ""))
    if isinstance(error, AnsweredError) and topic.answer is not None:
        form.tell_answered(topic.answer.number)
        return render_topic(request, topic, form, status=409)
    return render_topic(request, topic, form, status=403)


@never_cache
@require_safe
def after(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What happened after event `?after=`, with a fresh token: gap fill, poll, renewal. `?seen=` marks read."""
    topic = find_topic(request, public_id)
    seen = read_number(request, "seen", 0)
    if seen:
        services.mark_read(topic, user=request.user, number=seen)
    news = services.read_after(topic, seq=read_number(request, "after", 0), user=request.user)
    token = make_topic_token(topic)
    return JsonResponse({**news, "token": token}, json_dumps_params={"ensure_ascii": False})
