"""The queue of those who decide: reading, taking, deciding, taking back."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.services.asking import know
from forums import rules
from forums.enums import ModerationKind
from forums.errors import CaseError, check
from forums.forms.deciding import DecisionForm, NoteForm
from forums.models import Case
from forums.services.cases import closing, deciding, reading
from forums.services.cases.reading import Row
from forums.views.boards import TAB
from ui.keyset import paginate_by_key

SHOWN = ("open", "mine", "done")
DONE_WORDS = {
    ModerationKind.HIDE: gettext_lazy("The post is hidden. You can take this back for 10 minutes."),
    ModerationKind.WARN: gettext_lazy("Its author is warned. You can take this back for 10 minutes."),
    ModerationKind.DISMISS: gettext_lazy("The report is closed. You can take this back for 10 minutes."),
    ModerationKind.UPHOLD: gettext_lazy("The decision stands. You can take this back for 10 minutes."),
    ModerationKind.OVERTURN: gettext_lazy("The decision is overturned. You can take this back for 10 minutes."),
}


def find_case(request: HttpRequest, public_id: uuid.UUID) -> Case:
    """404 for whoever does not sit at its desk or is a party."""
    case = get_object_or_404(Case.objects.visible_to(know(request)).with_parts(), public_id=public_id)
    if rules.is_party(request.user, case.post):  # also who wrote it under a mask: only their own session can tell
        raise Http404
    return case


@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """What is due first stands first; decided ones from the last."""
    check(rules.can_see_queue, request.user, None)
    user, show = know(request), request.GET.get("show", "open")
    show = show if show in SHOWN else "open"
    page = paginate_by_key(reading.list_cases(user, show), request, by="-closed_at" if show == "done" else "due_at")
    context = {
        "tab": TAB,
        "show": show,
        "page": page,
        "rows": [reading.describe(case, user) for case in page],
        "is_moderator": rules.can_moderate(user),
    }
    return render(request, "forums/cases.html", context)


@require_safe
@login_required
def case(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    return render_case(request, find_case(request, public_id))


def render_case(request: HttpRequest, case: Case, note: NoteForm | None = None) -> HttpResponse:
    """The page, also for a note that needs another look."""
    row: Row = reading.describe(case, know(request))
    context = {
        "tab": TAB,
        "row": row,
        "case": case,
        "around": reading.list_around(case.post, user=know(request)),
        "may_close": closing.may_close(case, know(request)),
        "may_rearrange": rules.can_rearrange(request.user, case.post.topic),
        "may_ask_seal": bool(case.post.mask_id) and rules.can_judge(request.user, case.post),
        "closed_now": closing.find_undoable(case, know(request)),
        "notes": case.notes.select_related("author"),
        "earlier": reading.count_earlier(case.post),
        "form": DecisionForm(initial={"reason": case.reason}, auto_id="decision_%s"),
        "note_form": note or NoteForm(),
    }
    return render(request, "forums/case.html", context, status=422 if note else 200)


def act_on(request: HttpRequest, case: Case, done: str, act: Callable[[], object]) -> HttpResponse:
    """Do it, say so or why not, and go back to where the person was."""
    try:
        act()
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(case) if request.POST.get("back") == "case" else redirect("forum-reports")


@require_POST
@login_required
def take(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Look after it, or with `give=back` no longer."""
    found, user = find_case(request, public_id), know(request)
    if request.POST.get("give") == "back":
        return act_on(request, found, _("Others can take it now."), lambda: deciding.give_back(found, by=user))
    return act_on(request, found, _("It is yours for 4 hours."), lambda: deciding.take(found, by=user))


@require_POST
@login_required
def note(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found, form = find_case(request, public_id), NoteForm(request.POST)
    if not form.is_valid():
        return render_case(request, found, form)
    deciding.add_note(found, by=know(request), text=form.cleaned_data["text"])
    return redirect(found)


@require_POST
@login_required
def decide(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One button says the ruling; reason and words to the author may come with it."""
    found, form = find_case(request, public_id), DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what is decided."))
        return redirect(found)
    values, user = form.cleaned_data, know(request)
    return act_on(request, found, str(DONE_WORDS[values["ruling"]]), lambda: deciding.decide(found, by=user, **values))


@require_POST
@login_required
def undo(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found, user = find_case(request, public_id), know(request)
    return act_on(request, found, _("It waits for a decision again."), lambda: deciding.undo(found, by=user))


@require_POST
@login_required
def topic(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Close the topic of the case for replies, or with `act=open` open it again."""
    found, user = find_case(request, public_id), know(request)
    if request.POST.get("act") == "open":
        return act_on(request, found, _("Everybody can reply again."), lambda: closing.open_topic(found, by=user))
    done = _("The topic is closed for replies. You can take this back for 10 minutes.")
    return act_on(request, found, done, lambda: closing.close_topic(found, by=user))
