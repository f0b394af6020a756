"""The live room of a meeting: phones ask and support, the desk decides, the projector shows."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from participation import rules
from participation.errors import RefusedError
from participation.forms.room import CodeForm, QuestionForm
from participation.models import LiveRoom
from participation.realtime import thing_of
from participation.services.room import asking, reading, voices
from participation.services.room.hands import raise_hand
from participation.services.room.opening import find_room_of
from participation.services.room.parts import find_hands
from participation.services.room.voices import Voice
from participation.views.meetings import get_meeting
from participation.views.networks import address_of
from ui.rooms.pages import allow_socket, make_line

BIGGEST = 2**31 - 1


def get_room(request: HttpRequest, public_id: uuid.UUID) -> LiveRoom:
    """The room of a meeting that the reader may see; 404 where none was opened."""
    room = reading.find_room(get_meeting(request, public_id))
    if room is None:
        raise Http404
    return room


def find_voice(request: HttpRequest, room: LiveRoom) -> Voice | None:
    return voices.find_voice(room, request.user, request.COOKIES.get(voices.COOKIE, ""))


@never_cache
@require_safe
def show_room(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What was asked, and what becomes of it."""
    room = get_room(request, public_id)
    return render_room(request, room)


def render_room(
    request: HttpRequest, room: LiveRoom, *, form: QuestionForm | None = None, code: CodeForm | None = None
) -> HttpResponse:
    """The page, also for a question or a code that needs another look."""
    voice, hands = find_voice(request, room), find_hands(room)
    context = make_context(request, room) | {
        "questions": reading.list_questions(room),
        "supported": sorted(reading.list_supported(room, voice)),
        "voice": voice,
        "form": form or make_form(request, room),
        "code_form": code or CodeForm(),
        "hands": hands,
        "chosen": reading.find_choice(hands, voice),
    }
    response = render(request, "participation/room/room.html", context, status=422 if form or code else 200)
    allow_socket(request, response)
    return response


def make_context(request: HttpRequest, room: LiveRoom) -> dict[str, Any]:
    """What phone, projector and desk have in common."""
    return {
        "tab": "forum",
        "room": room,
        "meeting": room.meeting,
        "line": make_line(f"meetings/{room.meeting.public_id}", thing_of(room.meeting)),
        "may_organise": rules.can_organise(request.user, room.meeting.office),
    }


def make_form(request: HttpRequest, room: LiveRoom, data: Any = None) -> QuestionForm:
    return QuestionForm(data, has_name=request.user.is_authenticated, draft=f"room-{room.meeting.public_id}")


@never_cache
@require_safe
def after(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """What happened after event `?after=`, with a fresh token: gap fill, poll, renewal."""
    room = get_room(request, public_id)
    text = request.GET.get("after", "")
    seq = min(int(text), BIGGEST) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    token = make_line("", thing_of(room.meeting)).token
    return JsonResponse(
        {**reading.read_after(room, seq=seq), "token": token}, json_dumps_params={"ensure_ascii": False}
    )


@require_POST
def ask(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A new question; what is refused comes back as typed."""
    room = get_room(request, public_id)
    voice = find_voice(request, room)
    if voice is None:
        return send_in(request, room)
    form = make_form(request, room, request.POST)
    if form.is_valid():
        try:
            question = asking.ask(room, voice=voice, **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Your question is in the room."), extra_tags=f"draft:room-{public_id}")
            return redirect(f"{room.get_absolute_url()}#q-{question.number}")
    return render_room(request, room, form=form)


@require_POST
def support(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """`number=3` supports question 3, `number=-3` no longer. A script asks for JSON and gets 204."""
    room = get_room(request, public_id)
    voice = find_voice(request, room)
    if voice is None:
        return send_in(request, room)
    text = request.POST.get("number", "")
    wants, digits = not text.startswith("-"), text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9):
        raise Http404
    question = get_object_or_404(room.questions, number=int(digits))
    question.room = room
    return answer(request, room, f"#q-{digits}", lambda: asking.support(question, voice=voice, wants=wants))


@require_POST
def choose(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A hand for one choice of what is asked now."""
    room = get_room(request, public_id)
    voice = find_voice(request, room)
    if voice is None:
        return send_in(request, room)
    of, at = read_choice(request.POST.get("choice", ""))
    return answer(request, room, "#hands", lambda: raise_hand(room, voice=voice, of=of, choice=at))


def read_choice(text: str) -> tuple[int, int]:
    """`12-0`: the first answer to show of hands 12, for a phone may still show the one before. -1 for what is none."""
    of, at = (int(part) if part.isascii() and part.isdigit() else -1 for part in text[:20].partition("-")[::2])
    return min(of, BIGGEST), min(at, BIGGEST)


def answer(request: HttpRequest, room: LiveRoom, anchor: str, act: Any) -> HttpResponse:
    """Do it; 204 for a script, back to the room for a page."""
    try:
        act()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        if request.headers.get("Accept") == "application/json":
            return HttpResponse(status=204)
    return redirect(f"{room.get_absolute_url()}{anchor}")


def send_in(request: HttpRequest, room: LiveRoom) -> HttpResponse:
    """Who may only read learns how to take part."""
    if isinstance(request.user, User):
        messages.error(request, _("You can read everything. You can ask from the age of 15."))
        return redirect(room)
    if room.takes_guests:
        messages.error(request, _("Type the code on the screen first, or sign in."))
        return redirect(f"{room.get_absolute_url()}#take-part")
    return redirect_to_login(room.get_absolute_url())


@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """The code on the screen opens its room for this phone, by form or by the QR code's address."""
    data = request.POST if request.method == "POST" else request.GET
    form = CodeForm(data if "code" in data else None)
    room = None
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            hall_pass = request.COOKIES.get(voices.COOKIE, "")
            key, room = voices.let_in(find_room_of(code), code, hall_pass, address=address_of(request))
        except RefusedError as refusal:
            form.add_error("code", str(refusal))
    if room is None:
        context = {"tab": "forum", "form": form}
        return render(request, "participation/room/enter.html", context, status=422 if form.is_bound else 200)
    response = redirect(room)
    if not request.user.is_authenticated:  # who is signed in speaks as that person
        response.set_cookie(
            voices.COOKIE, key, max_age=voices.PASS_SECONDS, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response
