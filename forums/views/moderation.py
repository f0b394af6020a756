"""What everybody, and what an author, reads of decisions; the words moderators keep ready."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.services.asking import know
from forums import rules
from forums.errors import CaseError, check
from forums.forms.deciding import AppealForm, ReplyTemplateForm
from forums.models import ModerationAction, ReplyTemplate
from forums.services.cases import opening, reading
from forums.services.cases.templates import drop_template, save_template
from forums.views.boards import TAB
from ui.keyset import paginate_by_key


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Open to everybody: what, why, where and on which day."""
    context = {"tab": TAB, "acts": paginate_by_key(reading.list_log(request.user), request, size=30)}
    return render(request, "forums/moderation_log.html", context)


@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """Open to everybody: when which danger was a reason to open a seal, or was none."""
    context = {"tab": TAB, "rows": paginate_by_key(reading.list_opened(), request, by="-decided_at", size=30)}
    return render(request, "forums/seal_log.html", context)


@login_required
def act(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """To its author: what was decided and why, and the appeal."""
    row = reading.find_act_against(know(request), public_id)
    if row is None:
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return send_appeal(request, row, form.cleaned_data["words"])
    context = {"tab": TAB, "act": row, "form": form, "refusal": opening.find_appealable(row)}
    context["appeal"] = getattr(row, "appeal", None)
    return render(request, "forums/moderation_act.html", context, status=422 if form.is_bound else 200)


def send_appeal(request: HttpRequest, row: ModerationAction, words: str) -> HttpResponse:
    try:
        opening.appeal(row, by=know(request), words=words)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your appeal is sent. Somebody from elsewhere decides within 3 days."))
    return redirect(row)


@login_required
def templates(request: HttpRequest) -> HttpResponse:
    """The words kept ready; a form for more."""
    return edit_template(request, None)


@login_required
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """Change them, or with `act=drop` throw them away."""
    check(rules.can_see_queue, request.user, None)
    row = get_object_or_404(ReplyTemplate, pk=pk)
    if request.method == "POST" and request.POST.get("act") == "drop":
        drop_template(row, by=know(request))
        messages.success(request, _("These words are gone."))
        return redirect("reply-templates")
    return edit_template(request, row)


def edit_template(request: HttpRequest, row: ReplyTemplate | None) -> HttpResponse:
    check(rules.can_see_queue, request.user, None)
    form = ReplyTemplateForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        save_template(form.save(commit=False), by=know(request))
        messages.success(request, _("These words are kept."))
        return redirect("reply-templates")
    context = {"tab": TAB, "row": row, "form": form, "rows": reading.list_templates()}
    return render(request, "forums/reply_templates.html", context, status=422 if form.is_bound else 200)
