"""Starting a topic: first its kind, then its words."""

import uuid
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import User
from forums import rules, services
from forums.enums import TopicKind
from forums.forms import TopicForm, find_form
from forums.models import Board
from forums.services.drafts import drop_draft, find_draft
from forums.services.holding import submit_topic
from forums.views.boards import TAB
from forums.views.drafts import keep, read_words
from forums.views.keeping import keep_unsent, take_unsent
from forums.views.polls import brake_poll
from forums.views.sending import brake, go_to


def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a topic. Whoever is not signed in goes to sign in and comes back to the typed text."""
    if request.method == "POST" and not isinstance(request.user, User):
        words = read_words(request)
        keep_unsent(request, f"board:{slug}", words.source, words.title)
        sent = request.POST.get("kind", "")
        return redirect_to_login(f"{request.path}?kind={sent}" if sent in TopicKind else request.get_full_path())
    board = services.get_board(slug, user=request.user)
    if not isinstance(request.user, User):
        return redirect_to_login(request.get_full_path())
    if "keep" in request.POST:
        return keep(request, f"board-{slug}")
    context = {"tab": TAB, "board": board, "answerers": services.who_answers(board)}
    context["may_write"] = rules.can_write_in(request.user, board)
    context["may_protect"] = rules.can_protect(request.user, board)
    kind = find_kind(request, board)
    if kind is None and request.method != "POST":
        context |= {"kinds": list_kinds(request, board), "draft": find_draft(f"board-{slug}", request.user)}
        return render(request, "forums/topic_kind.html", context)
    form = make_topic_form(request, board, kind)
    status = 200
    if request.method == "POST":
        status = 422 if not form.is_valid() else brake(form, request.user, board) or 302
        if status == 302 and form.cleaned_data["poll"] and brake_poll(form.poll, request.user, board):
            status = 422
    if status == 302:
        topic = submit_topic(board, by=request.user, **form.cleaned_data)
        drop_draft(f"board-{slug}", by=request.user)
        said = _("It is posted.") if board.is_private else _("It is posted. Everyone can read it now.")
        return go_to(request, topic, said, f"board-{slug}")
    return render(
        request, "forums/topic_new.html", context | {"form": form, "kind": kind or TopicKind.QUESTION}, status=status
    )


def list_kinds(request: HttpRequest, board: Board) -> list[TopicKind]:
    """What this person may start here. An idea is for a commune: nobody else could say how far it is."""
    may = {TopicKind.ANNOUNCEMENT: rules.can_announce(request.user, board), TopicKind.IDEA: board.is_of_commune}
    return [kind for kind in TopicKind if may.get(kind, True)]


def find_kind(request: HttpRequest, board: Board) -> TopicKind | None:
    """The kind that was chosen; None for none, and for one that is not this person's to choose."""
    value = request.POST.get("kind") or request.GET.get("kind", "")
    return next((kind for kind in list_kinds(request, board) if kind == value), None)


def make_topic_form(request: HttpRequest, board: Board, kind: TopicKind | None) -> TopicForm:
    """Bound to what was sent, else begun with what was kept. What came as a kind that is not this person's to choose
    keeps its words and becomes a question, if they send it again.
    """
    is_other, kind = kind is None, kind or TopicKind.QUESTION
    draft = find_draft(f"board-{board.slug}", request.user)
    options: Any = {"draft": f"board-{board.slug}", "board": board, "kind": kind}
    options["saving"] = draft.version if draft else 0
    if request.method == "POST":
        data = request.POST.copy()
        data["kind"] = kind
        form = find_form(kind)(data, request.FILES, **options)
        if is_other:
            form.add_error(None, _("Choose again what it is. As it stands it would be a question."))
        return form
    initial: dict[str, Any] = {"client_id": uuid.uuid4(), "kind": kind}
    initial["source"] = take_unsent(request, f"board:{board.slug}") or (draft.source if draft else "")
    initial["title"] = take_unsent(request, f"board:{board.slug}:title") or (draft.title if draft else "")
    return find_form(kind)(initial=initial, **options)
