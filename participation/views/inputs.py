"""Input to a meeting: residents send it, the office carries and answers it; files go out to those two alone."""

import uuid
from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.services.asking import know
from participation.enums import InputKind, Outcome
from participation.errors import RefusedError, StaleError
from participation.forms.choices import ChoiceAnswersForm, list_places
from participation.forms.inputs import AnswerForm, InputForm, MinutesForm
from participation.models import Input
from participation.models.input import LONGEST_TEXT
from participation.services.agenda import ITS_OWN
from participation.services.attendance.reconciling import count_came
from participation.services.choices import read_tallies
from participation.services.inputs import answer_input, carry, send_input
from participation.services.minutes import find_minutes, read_version, save_minutes
from participation.views.meetings import UNSENT, get_meeting, get_own_meeting, show_page
from ui.files.parts import cut
from ui.kept import ask_to_sign_in
from ui.keyset import paginate_by_key
from ui.sandbox import allow_player, confine

PAGE_SIZE = 20


@require_POST
def send(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A word to the meeting; what is refused comes back as typed, also after signing in again."""
    meeting = get_meeting(request, public_id)
    form = InputForm(request.POST, request.FILES)
    if not request.user.is_authenticated:
        if request.FILES:
            messages.warning(
                request, _("You were signed out. Your words are kept; choose the photo or recording again.")
            )
        return ask_to_sign_in(
            request, form, f"{UNSENT}{public_id}", back=f"{meeting.get_absolute_url()}#input", longest=LONGEST_TEXT
        )
    if form.is_valid():
        try:
            send_input(meeting, form.word, by=know(request))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            sent = _("Sent. You read the answer here, and we tell you when it comes.")
            messages.success(request, sent, extra_tags=f"draft:input-{meeting.public_id}")
            return redirect(meeting)
    return show_page(request, meeting, input_form=form)


@login_required
@never_cache
@require_safe
def list_inputs(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """All inputs to a meeting, for its office."""
    meeting = get_own_meeting(request, public_id)
    rows = meeting.inputs.select_related("user")
    page = paginate_by_key(rows, request, by="received_at", size=PAGE_SIZE)
    context = {"tab": "desk", "meeting": meeting, "page": page, "outcomes": Outcome.choices}
    context["places"] = list_places(meeting)
    return render(request, "participation/inputs.html", context)


@login_required
@require_POST
def decide_input(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Put on the agenda (`do=carry`), or answered."""
    row = get_object_or_404(Input.objects.readable_by(request.user).select_related("meeting"), public_id=public_id)
    meeting = get_own_meeting(request, row.meeting.public_id)
    back = redirect("meeting-inputs", meeting.public_id)
    back["Location"] += f"#input-{row.public_id}"
    if request.POST.get("do") == "carry":
        carry(row, by=know(request), under=read_place(request))
        messages.success(request, _("It is on the agenda. The sender is told."))
        return back
    form = AnswerForm(request.POST, row=row)
    if not form.is_valid():
        context = {"tab": "desk", "meeting": meeting, "row": row, "form": form}
        return render(request, "participation/input_answer.html", context)
    typed = form.cleaned_data
    answer_input(
        row,
        by=know(request),
        outcome=Outcome(typed["outcome"]),
        answer=typed["answer"],
        holds_back=typed.get("holds_back", False),
    )
    messages.success(request, _("Answered. The sender is told."))
    return back


def read_place(request: HttpRequest) -> int:
    """The number of a point of the agenda; a point of its own where there is none."""
    under = request.POST.get("under", "")
    return int(under) if under.isascii() and under.isdigit() and len(under) < 4 else ITS_OWN


@never_cache
@require_safe
def read_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """The photo or the voice note, in parts where a player asks for them: for its sender and the meeting's office, and
    for everybody where public minutes show it.
    """
    row = get_object_or_404(Input.objects.with_file_for(request.user), public_id=public_id)
    if not row.file:
        raise Http404
    try:
        content = row.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    name = PurePath(str(row.file)).name
    response = FileResponse(content, filename=name, content_type=row.content_type)
    response["Last-Modified"] = http_date(row.received_at.timestamp())
    response["Accept-Ranges"] = "bytes"
    part = confine(cut(request, response))
    return part if row.kind == InputKind.PHOTO else allow_player(part)


@login_required
@never_cache
def write_minutes(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Keep the minutes, or with `do=publish` let everybody read them."""
    meeting, status = get_own_meeting(request, public_id), 200
    minutes = find_minutes(meeting)
    form = MinutesForm(request.POST if request.method == "POST" else None, minutes=minutes, came=count_came(meeting))
    tallies = read_tallies(meeting, request.user, is_office=True)
    asked = ChoiceAnswersForm(request.POST if request.method == "POST" else None, tallies=tallies)
    if form.is_valid() and asked.is_valid():
        publishes = request.POST.get("do") == "publish"
        more = {"choices": asked.answers, "publishes": publishes, "seen": form.cleaned_data["changed_at"]}
        try:
            kept = save_minutes(meeting, form.text, lines=form.lines, by=know(request), **more)
        except StaleError as refusal:
            form.add_error(None, str(refusal))
            form.renew(read_version(find_minutes(meeting)))
            status = 409
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Published. Everybody who took part is told.") if publishes else _("Saved.")
            messages.success(request, said, extra_tags=f"draft:minutes-{meeting.public_id}")
            return redirect(meeting) if kept.published_at else redirect("meeting-minutes", meeting.public_id)
    waiting = meeting.inputs.unanswered().count()
    context = {"tab": "desk", "meeting": meeting, "minutes": minutes, "form": form, "waiting": waiting}
    context["asked"] = asked
    return render(request, "participation/minutes_edit.html", context, status=status)
