"""Drafts: saving while somebody writes, the list, throwing away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from forums.errors import DraftClashError
from forums.models import Draft
from forums.services import drafts
from forums.views.boards import TAB
from ui.keyset import paginate_by_key


def read_words(request: HttpRequest) -> drafts.Words:
    """From any form of the forum: text, title where there is one, and the edition that an edit began with. The words of
    a poll that is begun with a topic stand below the text, for a draft has no other place for them.
    """
    base = request.POST.get("base", "") or request.POST.get("version", "")
    number = int(base) if base.isascii() and base.isdigit() and len(base) < 10 else 0
    texts = [request.POST.get(name, "") for name in ("source", "poll-question", "poll-options")]
    source = "\n\n".join([texts[0], *filter(str.strip, texts[1:])])
    return drafts.Words(source, request.POST.get("title", ""), number)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """`key`, `source`, `title`, `base`, and the `saving` they go on from; answers the number of this saving.

    401 for whoever is signed out meanwhile, 409 with what stands there now after a clash.
    """
    if not isinstance(request.user, User):
        return JsonResponse({}, status=401)
    saving = request.POST.get("saving", "0")
    try:
        row = drafts.save_draft(
            request.POST.get("key", ""),
            read_words(request),
            by=request.user,
            version=int(saving) if saving.isascii() and saving.isdigit() and len(saving) < 10 else 0,
        )
    except DraftClashError as clash:
        there = clash.draft
        news = {"saving": there.version, "source": there.source, "title": there.title} if there else {"saving": 0}
        return JsonResponse(news, status=409)
    return JsonResponse({"saving": row.version if row else 0})


def keep(request: HttpRequest, key: str) -> HttpResponse:
    """The button of a form without scripts: keep the words, then the list."""
    if isinstance(request.user, User):
        drafts.save_draft(key, read_words(request), by=request.user)
        messages.success(request, _("Kept. You can go on here or on another phone."), extra_tags=f"draft:{key}")
    return redirect("drafts")


@never_cache
@require_safe
@login_required
def list_drafts(request: HttpRequest) -> HttpResponse:
    rows = paginate_by_key(drafts.list_drafts(request.user), request, by="-updated_at")  # type: ignore[arg-type]
    return render(request, "forums/drafts.html", {"tab": TAB, "drafts": rows})


@require_POST
@login_required
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw one away."""
    row = get_object_or_404(Draft, pk=pk, user=request.user)
    drafts.drop_draft(row.key, by=row.user)
    messages.success(request, _("The draft is thrown away."), extra_tags=f"draft:{row.key}")
    return redirect("drafts")
