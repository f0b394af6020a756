"""Meetings: read by everybody, called by offices."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.services import offices_of
from accounts.services.asking import know
from courses.services.qr import draw_qr
from participation import rules
from participation.enums import Channel, RsvpStatus
from participation.errors import RefusedError, StaleError
from participation.forms.inputs import InputForm
from participation.forms.meetings import CallOffForm, MeetingForm, RsvpForm
from participation.models import Input, Meeting, Minutes
from participation.services import meetings as calling
from participation.services.agenda_reading import read_agenda
from participation.services.attendance.check_in import find_check_in
from participation.services.attendance.reading import read_came
from participation.services.choices import read_tallies
from participation.services.feedback.reading import find_last_time
from participation.services.inviting.links import find_own_link
from participation.services.inviting.untold import count_untold
from participation.services.meeting_reading import write_ics
from participation.services.minutes import find_minutes
from participation.services.questions import list_answered_at
from participation.services.rsvp import answer, find_answer
from participation.views.sharing import find_link
from places.models import Commune
from ui.kept import find_typed
from ui.keyset import paginate_by_key
from ui.small_groups import PUBLIC_LEAST

ICS = "text/calendar; charset=utf-8"
PAGE_SIZE = 20
UNSENT = "meeting_input:"  # of the session, before the meeting's id
HEARD = "meetings_heard"  # of the session: by which channel a meeting was opened here
SAID: dict[str, Any] = {
    RsvpStatus.COMING: gettext_lazy("Thank you. A chair is kept for you."),
    RsvpStatus.WAITING: gettext_lazy(
        "Every chair is taken now. You are on the waiting list, and we tell you when one is free."
    ),
    RsvpStatus.NOT_COMING: gettext_lazy("Thank you for saying so."),
}


def get_meeting(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """One that the reader may see."""
    return get_object_or_404(Meeting.objects.visible_to(request.user).with_place(), public_id=public_id)


def get_own_meeting(request: HttpRequest, public_id: uuid.UUID) -> Meeting:
    """One of an office the reader acts for; others get 403 for what they may read, 404 for a draft."""
    meeting = get_meeting(request, public_id)
    if not rules.can_organise(request.user, meeting.office):
        raise PermissionDenied
    return meeting


@require_safe
def list_meetings(request: HttpRequest, code: str) -> HttpResponse:
    """All meetings of a commune, the latest first."""
    commune = get_object_or_404(Commune.objects.with_parents(), code=code)
    rows = Meeting.objects.visible_to(request.user).filter(commune=commune)
    page = paginate_by_key(rows, request, by="-starts_at", size=PAGE_SIZE)
    may_write = any(rules.can_organise(request.user, office) for office in _offices_in(request, commune))
    context = {"tab": "forum", "commune": commune, "page": page, "may_write": may_write}
    return render(request, "participation/meetings.html", context)


def _offices_in(request: HttpRequest, commune: Commune) -> list[Any]:
    if not isinstance(request.user, User):
        return []
    return [office for office in offices_of(request.user) if office.commune_id == commune.pk]


@never_cache
@require_safe
def show_meeting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What, when, where, how to take part; afterwards what was decided."""
    return show_page(request, get_meeting(request, public_id))


def show_page(request: HttpRequest, meeting: Meeting, **forms: Any) -> HttpResponse:
    """The page of a meeting; `form` (coming) and `input_form` are as typed where they were refused."""
    own = find_answer(meeting, request.user)
    initial = {"is_coming": "no" if own and own.status == RsvpStatus.NOT_COMING else "yes" if own else None}
    context = show(request, meeting) | {"own": own, "minutes": find_minutes(meeting) if meeting.is_over else None}
    heard = own.channel if own else request.session.get(HEARD, {}).get(str(meeting.pk), "")
    context |= {"form": RsvpForm(initial=initial | {"channel": heard}), "input_form": read_unsent(request, meeting)}
    context |= show_telling(request, meeting) | show_words(request, meeting, context["minutes"])
    context["agenda"] = read_agenda(meeting, [] if meeting.is_draft else context["tallies"])
    if meeting.is_over and not meeting.is_draft:
        context["came"] = read_came(meeting, least=PUBLIC_LEAST)
    if meeting.has_begun:
        context["questions"] = list_answered_at(meeting, user=request.user)
    else:
        context["last"] = find_last_time(meeting)
    if isinstance(request.user, User) and meeting.has_begun:
        context["own_check_in"] = find_check_in(meeting, request.user)
    context |= forms
    context["input_form"].keep_as(f"input-{meeting.public_id}")
    return render(request, "participation/meeting.html", context)


def read_unsent(request: HttpRequest, meeting: Meeting) -> InputForm:
    """Empty, or what was typed before the session ended: whoever is signed in again reads it, once."""
    typed = find_typed(request, f"{UNSENT}{meeting.public_id}") if request.user.is_authenticated else {}
    return InputForm(initial={"client_id": uuid.uuid4()} | {name: value for name, value in typed.items() if value})


def show_words(request: HttpRequest, meeting: Meeting, minutes: Minutes | None) -> dict[str, Any]:
    """What people sent and chose: the reader's own; once the minutes are public, everything that was answered."""
    rows: list[Input] = []
    if minutes and minutes.published_at:
        rows = list(meeting.inputs.answered().select_related("user"))
    own = list(meeting.inputs.filter(user=request.user.pk)) if request.user.is_authenticated else []
    return {"own_inputs": own, "answered": rows, "tallies": read_tallies(meeting, request.user)}


def show_telling(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """How the reader passes it on, and how many nobody told."""
    user = request.user
    link = find_own_link(meeting, user) if isinstance(user, User) else None
    path = link.path if link else reverse("meeting-from", args=[meeting.public_id, Channel.TELEGRAM])
    return {
        "link": link,
        "share": find_link(request, path),
        "untold": count_untold(meeting),
        "may_invite": rules.can_invite(user, meeting),
    }


def show(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What the page of a meeting needs beside the reader's own answer."""
    return {
        "tab": "forum",
        "meeting": meeting,
        "may_organise": rules.can_organise(request.user, meeting.office),
        "may_announce": rules.can_announce(request.user, meeting),
        "address": find_link(request, meeting.get_absolute_url()),
    }


@login_required
@require_POST
def answer_meeting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Coming or not."""
    meeting = get_meeting(request, public_id)
    form = RsvpForm(request.POST)
    if not form.is_valid():
        return show_page(request, meeting, form=form)
    try:
        row = answer(meeting, by=know(request), **form.cleaned_data)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, SAID[RsvpStatus(row.status)])
    return redirect(meeting)


@login_required
def write_meeting(request: HttpRequest, code: str = "", public_id: uuid.UUID | None = None) -> HttpResponse:
    """A new meeting of the commune, or an old one changed."""
    if public_id is None:
        commune = get_object_or_404(Commune.objects.with_parents(), code=code)
        offices = _offices_in(request, commune)
        if not offices:
            raise PermissionDenied
        meeting = Meeting(commune=commune, office=offices[0])
    else:
        meeting = get_own_meeting(request, public_id)
    key = meeting.pk or meeting.commune.code
    form = MeetingForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if form.is_valid():
        try:
            seen = form.cleaned_data["changed_at"] or None
            meeting = calling.save_meeting(form.fill(), agenda=form.agenda, by=know(request), seen=seen)
        except StaleError as refusal:
            form.add_error(None, str(refusal))
            form.renew(calling.read_version(Meeting.objects.get(pk=meeting.pk)))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."), extra_tags=f"draft:meeting-{key}")
            return redirect(meeting)
    return render(
        request, "participation/meeting_edit.html", {"tab": "desk", "meeting": meeting, "form": form, "key": key}
    )


@login_required
@require_POST
def announce_meeting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """From now on everybody reads it."""
    meeting = get_own_meeting(request, public_id)
    try:
        calling.announce(meeting, by=know(request))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Announced. Followers of the commune are told. Share the link and print the poster.")
        )
    return redirect(meeting)


@login_required
def call_off_meeting(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """With a reason."""
    meeting = get_own_meeting(request, public_id)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            calling.call_off(meeting, by=know(request), reason=form.cleaned_data["reason"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Called off. Everybody who comes is told."))
            return redirect(meeting)
    return render(request, "participation/meeting_off.html", {"tab": "desk", "meeting": meeting, "form": form})


@require_safe
def read_ics(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The meeting for the phone's calendar."""
    meeting = get_meeting(request, public_id)
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return HttpResponse(write_ics(meeting), content_type=ICS, headers=headers)


@require_safe
def show_poster(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One sheet for the wall, in both languages, with the address as a code."""
    meeting = get_meeting(request, public_id)
    path = reverse("meeting-from", args=[meeting.public_id, Channel.POSTER])
    qr = draw_qr(find_link(request, path))
    return render(request, "participation/poster.html", show(request, meeting) | {"qr": qr})
