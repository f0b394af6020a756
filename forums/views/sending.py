"""Between the form and the post: brakes, and the page of what waits."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.services.asking import know
from forums import rules, services
from forums.errors import CaseError, check
from forums.forms import HideForm, OnceForm, make_pace_error
from forums.forms.protecting import ProtectedReplyForm, ProtectedTopicForm
from forums.models import Board, HeldPost, Post, Topic
from forums.services import holding
from forums.services.brakes import ROOM, find_refusal, refuse_files
from forums.services.cases.reading import list_acts_against
from forums.services.pace import PACES, read_recent
from forums.services.patience import find_end
from forums.services.trust import LADDER, READ, READ_DAYS, find_level, gather_facts
from forums.views.boards import TAB
from forums.views.boxes import describe_box
from ui.keyset import paginate_by_key

MOST_ACTS = 50  # decisions shown on one page


def brake(form: OnceForm, user: User, board: Board) -> int:
    """The status of the page that keeps the text and says what is in the way; 0: nothing is."""
    level, client_id = find_level(user, board), form.cleaned_data["client_id"]
    recent = read_recent(user, level)
    end = services.find_wait(user, board, client_id=client_id, level=level, recent=recent)
    if end:
        form.add_error("source", make_pace_error(end))
        return 429
    refusal = find_refusal(form.cleaned_data["source"], level=level, recent=recent, client_id=client_id)
    if refusal:
        form.add_error("source", refusal)
        return 422
    attached = form.cleaned_data.get("attached") or []
    poll = form.cleaned_data.get("poll")
    text = "\n".join([form.cleaned_data.get("title", ""), form.cleaned_data["source"], poll.text if poll else ""])
    is_held = bool(attached) and holding.find_hold(user, board, text, client_id=client_id) is not None
    refusal = refuse_files(len(attached), level=level, is_held=is_held)
    if refusal:
        form.add_error("attached", refusal)
    return 422 if refusal else 0


def go_to(request: HttpRequest, sent: Post | Topic | HeldPost, said: str, draft: str) -> HttpResponse:
    """To the post, or to the page that says where it waits; the phone's copy can go."""
    if isinstance(sent, HeldPost):
        said = _("Your post is kept and waits to be let through.")
    messages.success(request, said, extra_tags=f"draft:{draft}")
    return redirect(sent)


@login_required
def held(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """To its author: the words, why they wait and how long. A POST takes them back, into the form they came from."""
    row = get_object_or_404(HeldPost.objects.select_related("topic", "board", "mask"), public_id=public_id)
    if not rules.owns(request.user, row):
        raise Http404
    if request.method != "POST":
        return render(request, "forums/held_post.html", {"tab": TAB, "held": row, "end": find_end(row)})
    words = holding.take_back(row, by=know(request))
    messages.success(request, _("Your post is taken back. Nobody has read it."))
    if row.mask is not None:
        place = f"topic:{row.topic.public_id}" if row.topic else f"board:{row.board.slug}"
        context = begin_again(row, words) | describe_box(request, place)
        return render(request, "forums/protected_write.html", context)
    return redirect("drafts")


def begin_again(held: HeldPost, words: str) -> dict[str, object]:
    """The form of a protected post with its words: they are kept nowhere else."""
    initial = {"source": words, "title": held.title, "kind": held.kind, "client_id": uuid.uuid4()}
    form = (ProtectedReplyForm if held.topic else ProtectedTopicForm)(initial=initial)
    address = reverse("protected-reply", args=[held.topic.public_id]) if held.topic else ""
    address = address or reverse("protected-topic", args=[held.board.slug])
    context: dict[str, object] = {"tab": TAB, "topic": held.topic, "board": held.board, "form": form}
    return context | {"mask": held.mask if held.topic else None, "address": address}


@require_safe
@login_required
def waiting(request: HttpRequest) -> HttpResponse:
    """To moderators: what waits, the oldest first."""
    check(rules.can_see_queue, request.user, None)
    page = paginate_by_key(holding.list_held(know(request)), request, by="held_at")
    context = {"tab": TAB, "page": page, "show": "held", "form": HideForm()}
    context |= {"rows": [(held, find_end(held)) for held in page], "is_moderator": rules.can_moderate(request.user)}
    return render(request, "forums/held_posts.html", context)


@require_POST
@login_required
def let_through(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """`act=refuse` with a reason, else it can be read by everybody."""
    row = get_object_or_404(holding.list_held(know(request)), public_id=public_id)
    form = HideForm(request.POST)
    refuses = request.POST.get("act") == "refuse"
    if refuses and not form.is_valid():
        messages.error(request, _("Choose a reason: its author will read it."))
        return redirect("held-posts")
    try:
        if refuses:
            refused = holding.refuse(row, by=know(request), **form.cleaned_data)
            done = _("The post is hidden. Its author can read the reason.") if refused else _("The post is gone.")
        else:
            holding.release(row, by=know(request))
            done = _("Let through.")
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("held-posts")


@require_safe
@login_required
def trust(request: HttpRequest) -> HttpResponse:
    """What I can do here, what I have done, what is missing, and what was decided about my posts."""
    facts = gather_facts(know(request))
    context = {
        "tab": TAB,
        "facts": facts,
        "room": ROOM[facts.level],
        "pace": [count for count, _ in PACES[facts.level]],
        "step": LADDER.index(facts.level) + 1 if facts.level in LADDER else 0,
        "need": {"read": READ, "days": READ_DAYS},
        "acts": list_acts_against(know(request))[:MOST_ACTS],
    }
    return render(request, "forums/trust.html", context)
