"""The moderator's side of a live room, and what the projector shows."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.services.asking import know
from courses.services.qr import draw_qr
from participation.enums import AsideReason
from participation.errors import RefusedError
from participation.forms.room import DecisionForm, HandsForm
from participation.services.room import hands as showing
from participation.services.room import opening, reading
from participation.services.room.moderating import decide
from participation.services.room.parts import find_hands, list_top
from participation.views.meetings import get_own_meeting
from participation.views.room import get_room, make_context
from participation.views.sharing import find_link
from ui.rooms.pages import allow_socket


@login_required
@never_cache
@require_safe
def show_desk(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Open the room, choose what comes on the screen, write down what was answered."""
    return render_desk(request, public_id, HandsForm())


def render_desk(request: HttpRequest, public_id: uuid.UUID, form: HandsForm) -> HttpResponse:
    meeting = get_own_meeting(request, public_id)
    room = reading.find_room(meeting)
    context = {"tab": "desk", "meeting": meeting, "room": room, "hands_form": form, "reasons": AsideReason.choices}
    if room is not None:
        context |= make_context(request, room) | {"tab": "desk", "questions": reading.list_questions(room)}
        context |= {"hands": find_hands(room), "enter": address_to_type(request)}
    response = render(request, "participation/room/desk.html", context, status=422 if form.is_bound else 200)
    allow_socket(request, response)
    return response


@login_required
@require_POST
def change_room(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Open it, close it, or end the counting of hands, as `do` says."""
    meeting = get_own_meeting(request, public_id)
    by, act = know(request), request.POST.get("do")
    try:
        if act == "open":
            opening.open_room(meeting, by=by, takes_guests=request.POST.get("takes_guests") == "on")
        elif act == "close":
            opening.close_room(get_room(request, public_id), by=by)
        elif act == "lower":
            showing.end_hands(get_room(request, public_id), by=by)
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    return redirect("room-desk", public_id)


@login_required
@require_POST
def ask_hall(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A show of hands; what is refused comes back as typed."""
    get_own_meeting(request, public_id)
    room, form = get_room(request, public_id), HandsForm(request.POST)
    if form.is_valid():
        try:
            showing.ask_for_hands(room, by=know(request), **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error("title", str(refusal))
        else:
            return redirect("room-desk", public_id)
    return render_desk(request, public_id, form)


@login_required
@require_POST
def decide_question(request: HttpRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """One of the moderator's buttons."""
    get_own_meeting(request, public_id)
    question = get_object_or_404(
        get_room(request, public_id).questions.select_related("room__meeting__office"), number=number
    )
    form = DecisionForm(request.POST)
    try:
        if form.is_valid():
            decide(question, form.decision, by=know(request))
        else:
            messages.error(request, _("That is too long, or cannot be read. Write the answer in one or two sentences."))
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    back = redirect("room-desk", public_id)
    back["Location"] += f"#q-{number}"
    return back


@never_cache
@require_safe
def show_screen(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """For the projector: one question in very large type, what comes next, the hands. The code only for the office."""
    room = get_room(request, public_id)
    context = make_context(request, room) | {"questions": list_top(room), "hands": find_hands(room)}
    if context["may_organise"] and room.is_open and room.takes_guests:
        context["enter"] = address_to_type(request)
        context["qr"] = draw_qr(f"{find_link(request, reverse('room-enter'))}?code={room.code}")
    response = render(request, "participation/room/screen.html", context)
    allow_socket(request, response)
    return response


def address_to_type(request: HttpRequest) -> str:
    """Where the code is typed, as short as it can be."""
    return find_link(request, reverse("room-enter")).partition("://")[2]
