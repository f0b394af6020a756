"""The word list, for moderators; the quiet time, for the programme's staff."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.rules import is_programme_staff
from accounts.services.asking import know
from forums import rules
from forums.errors import check
from forums.forms.watching import EndForm, QuietForm, TryForm, WordForm
from forums.models import WatchedWord
from forums.services import watching
from forums.views.boards import TAB


@login_required
def words(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The list, a form for a word (`act=drop` throws it away), and a sentence to try it on."""
    check(rules.can_see_queue, request.user, None)
    row = get_object_or_404(WatchedWord, pk=pk) if pk else None
    form = WordForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and row and request.POST.get("act") == "drop":
        watching.drop_word(row, by=know(request))
        return redirect("watched-words")
    if request.method == "POST" and form.is_valid():
        watching.save_word(form.save(commit=False), by=know(request))
        messages.success(request, _("The word is kept."))
        return redirect("watched-words")
    tried = request.GET.get("text", "")[:2000]
    context: dict[str, Any] = {"tab": TAB, "row": row, "form": form, "rows": watching.list_words(), "tried": tried}
    context |= {"try_form": TryForm(initial={"text": tried}), "found": watching.find_words(tried) if tried else []}
    return render(request, "forums/words.html", context, status=422 if form.is_bound else 200)


@login_required
def quiet(request: HttpRequest) -> HttpResponse:
    """What was set, by whom; staff set another or end one early (`end=<pk>`)."""
    check(rules.can_see_queue, request.user, None)
    may_set = is_programme_staff(request.user)
    form = QuietForm(request.POST if request.method == "POST" and "end" not in request.POST else None)
    end_form = EndForm(request.POST if request.method == "POST" and "end" in request.POST else None)
    if end_form.is_valid():
        watching.end_quiet(end_form.cleaned_data["end"], by=know(request))
        return redirect("quiet")
    if request.method == "POST" and form.is_valid():
        watching.set_quiet(form.save(commit=False), by=know(request))
        messages.success(request, _("The quiet time is set. Every board says so in these days."))
        return redirect("quiet")
    context = {"tab": TAB, "form": form, "end_form": end_form, "rows": watching.list_quiet(), "may_set": may_set}
    return render(request, "forums/quiet.html", context, status=422 if form.is_bound or end_form.is_bound else 200)
