"""Who came: residents check in by the code, the office shows it, counts at the door and reads the sums."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.services.asking import know
from courses.services.qr import draw_qr
from participation.enums import DoorMeans
from participation.errors import RefusedError
from participation.forms.attendance import CheckInForm, DoorForm, DoorMeansForm, TapForm
from participation.models import CheckIn
from participation.services.attendance.check_in import band_of, check_in, confirm
from participation.services.attendance.counting import Tap, find_latest_tap, read_door, say_whom, set_door, tap
from participation.services.attendance.grid import make_grid
from participation.services.attendance.reading import read_came, read_roll
from participation.services.attendance.reconciling import count_came, read_numbers
from participation.views.meetings import get_own_meeting
from participation.views.self_counting import count_of_phone
from participation.views.sharing import find_link
from ui.kept import ask_to_sign_in, find_typed
from ui.small_groups import STAFF_LEAST
from volunteers.enums import Arrival
from volunteers.services.machine import NotReadyError
from volunteers.services.serving.check_in import TooManyTriesError
from volunteers.services.serving.codes import clean_code, code_at, is_showing, seconds_left

TYPED = "meeting_code_typed"  # of the session


@never_cache
def type_code(request: HttpRequest) -> HttpResponse:
    """The QR code opens this page with the code filled in. Signed out it is the bare form, which phones keep."""
    user = request.user
    begin: dict[str, Any] = {"code": clean_code(request.GET.get("code", "")), "at": request.GET.get("at", "")}
    if not isinstance(user, User):
        form = CheckInForm(request.POST or None, initial=begin)
        return ask_to_sign_in(request, form, TYPED) if request.method == "POST" else show_form(request, form)
    count = count_of_phone(request, request.POST.get("at") or begin["at"])
    begin |= {"client_id": uuid.uuid4(), "age": band_of(user), "was_counted": count == 1}
    begin |= {name: value for name, value in find_typed(request, TYPED).items() if value}
    form = CheckInForm(request.POST or None, initial=begin, asks_again=bool(count))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = check_in(user, data["code"], form.read_coming(), at=data["at"], moment=form.read_arrival())
        except TooManyTriesError as refusal:
            form.add_error("code", str(refusal))
            return show_form(request, form, status=429)
        except NotReadyError as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, say_arrival(row))
            return redirect(row.meeting)
    return show_form(request, form)


def show_form(request: HttpRequest, form: CheckInForm, status: int = 200) -> HttpResponse:
    """429 for too many tries: a phone that kept the form keeps it on."""
    context = {"tab": "forum", "form": form, "here": None if request.user.is_authenticated else find_here(request)}
    return render(request, "participation/check_in.html", context, status=status)


def say_arrival(row: CheckIn) -> str:
    if not row.is_counted:
        return _("Noted. The code was not the one of this moment, so the office confirms that you came.")
    if row.arrival == Arrival.LATE:
        return _("You are checked in, after the beginning. Good that you are here.")
    return _("You are checked in. Good that you are here.")


def find_here(request: HttpRequest) -> str:
    """Where this visitor is counted without an account; "" where no meeting is named."""
    at = read_uuid(request.GET.get("at", ""))
    code = clean_code(request.GET.get("code", ""))
    return f"{reverse('meeting-here', args=[at])}?code={code}" if at else ""


def read_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@login_required
@never_cache
@require_safe
def show_code(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """For a projector or a phone on the table: large, and new by itself."""
    meeting, now = get_own_meeting(request, public_id), timezone.now()
    shows = not meeting.is_draft and is_showing(meeting, now)
    code = code_at(meeting, now) if shows else ""
    address = f"{find_link(request, reverse('meeting-check-in'))}?code={code}&at={meeting.public_id}"
    context = {
        "tab": "desk",
        "meeting": meeting,
        "code": code,
        "seconds": seconds_left(now) + 1,
        "qr": draw_qr(address) if shows else "",
        "came": count_came(meeting),
    }
    return render(request, "participation/meeting_code.html", context)


@login_required
@never_cache
def count_at_door(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One big button for each sex and age; a tap is one person. Answers a script with 204."""
    meeting = get_own_meeting(request, public_id)
    form = TapForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        sex, age = form.cleaned_data["cell"].split("_")
        try:
            each = Tap(sex, age, -1 if form.cleaned_data["takes_away"] else 1, form.read_id(), form.read_moment())
            tap(meeting, each, by=know(request))
        except RefusedError as refusal:
            messages.error(request, str(refusal))
        else:
            if request.headers.get("X-Tap"):
                return HttpResponse(status=204)
        return redirect("meeting-door", meeting.public_id)
    cells, _groups = read_door(meeting)
    context = {"tab": "desk", "meeting": meeting, "grid": make_grid(cells), "client_id": uuid.uuid4()}
    return render(request, "participation/door.html", context | {"people": sum(cells.values())})


@login_required
@never_cache
def write_numbers(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The numbers of the door from paper, and what people say of themselves."""
    meeting = get_own_meeting(request, public_id)
    cells, groups = read_door(meeting)
    latest = find_latest_tap(meeting)
    form = DoorForm(request.POST if request.method == "POST" else None, people=cells, groups=groups)
    if form.is_valid():
        try:
            set_door(meeting, form.people, form.groups, by=know(request), seen=form.cleaned_data["seen"])
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("meeting-came", meeting.public_id)
    context = {"tab": "desk", "meeting": meeting, "form": form, "latest": latest}
    return render(request, "participation/door_numbers.html", context)


@login_required
@never_cache
@require_safe
def show_came(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The sums for the office, who checked in by name where they allow it, and whom it has to confirm."""
    meeting = get_own_meeting(request, public_id)
    numbers = read_numbers(meeting)
    context = {"came": read_came(meeting, least=STAFF_LEAST), "roll": read_roll(meeting), "numbers": numbers}
    context["means_form"] = DoorMeansForm(initial={"means": numbers.means})
    return render(request, "participation/came.html", {"tab": "desk", "meeting": meeting} | context)


@login_required
@require_POST
def say_door(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Whom the office counted at its door."""
    meeting, form = get_own_meeting(request, public_id), DoorMeansForm(request.POST)
    if form.is_valid():
        say_whom(meeting, DoorMeans(form.cleaned_data["means"]), by=know(request))
        messages.success(request, _("Saved."))
    return redirect("meeting-came", meeting.public_id)


@login_required
@require_POST
def confirm_check_in(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """One tap: the office saw the person."""
    meeting = get_own_meeting(request, public_id)
    confirm(get_object_or_404(meeting.check_ins, pk=pk), by=know(request))
    messages.success(request, _("Confirmed."))
    return redirect("meeting-came", meeting.public_id)
