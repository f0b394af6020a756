"""Attendance on the commune desk: the code on the screen, the roll of a shift, appeals."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.services.asking import know
from courses.services.qr import draw_qr
from notifications.services import strip_language
from ui.keyset import paginate_by_key
from volunteers.enums import SignupStatus
from volunteers.models import Placement, Shift, ShiftSignup
from volunteers.querysets import list_office_ids
from volunteers.services.machine import NotReadyError, WrongStateError
from volunteers.services.serving.attendance import ON_THE_ROLL, Mark, answer_appeal, keep_roll, undo_roll
from volunteers.services.serving.codes import code_at, is_showing, seconds_left
from volunteers.services.serving.desk import list_appeals, list_done_rolls, list_open_rolls
from volunteers.services.serving.roll import list_rows

PAGE_SIZE = 20
LAST = "roll_kept"  # of the session: the shift, and what one tap takes back


@login_required
@never_cache
@require_safe
def show_attendance(request: HttpRequest) -> HttpResponse:
    """Rolls and appeals that wait, over all offices the person acts for."""
    user = know(request)
    if not list_office_ids(user):
        raise Http404
    context = {
        "tab": "desk",
        "page": paginate_by_key(list_open_rolls(user), request, by="starts_at", size=PAGE_SIZE),
        "done": list_done_rolls(user),
        "appeals": list_appeals(user)[:PAGE_SIZE],
        "now": timezone.now(),
    }
    return render(request, "volunteers/attendance.html", context)


@login_required
@never_cache
def show_roll(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who came: one form for the whole shift."""
    rows = Shift.objects.of_offices_of(know(request)).select_related("request")
    return answer_roll(request, get_object_or_404(rows, public_id=public_id), is_guide=False)


@login_required
@never_cache
def show_guided_roll(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The same form for the guide whom the office named from a partner NGO."""
    rows = Shift.objects.guided_by(know(request)).select_related("request")
    return answer_roll(request, get_object_or_404(rows, public_id=public_id), is_guide=True)


def answer_roll(request: HttpRequest, shift: Shift, *, is_guide: bool) -> HttpResponse:
    user = know(request)
    refused: dict[int, str] = {}
    if request.method == "POST":
        result = undo_roll(shift, find_last(request, shift), by=user) if "undo" in request.POST else None
        result = result or keep_roll(shift, read_marks(request, shift), by=user)
        request.session[LAST] = {"shift": shift.pk, "changed": [] if "undo" in request.POST else result.changed}
        if not result.refused:
            messages.success(request, _("Saved.") if result.changed else _("Nothing to change."))
            return redirect(request.path)
        refused = result.refused
    context = {
        "tab": "desk",
        "shift": shift,
        "rows": list_rows(shift, refused, by=user),
        "choices": [SignupStatus.ATTENDED, SignupStatus.EXCUSED, SignupStatus.NO_SHOW],
        "can_undo": bool(find_last(request, shift)),
        "has_begun": shift.starts_at <= timezone.now(),
        "shows_code": not is_guide and is_showing(shift, timezone.now()),
        "is_guide": is_guide,
    }
    return render(request, "volunteers/roll.html", context)


def read_marks(request: HttpRequest, shift: Shift) -> dict[int, Mark]:
    """What was chosen and what the form showed; with the second button, whoever is open came."""
    marks = {}
    for pk in shift.signups.filter(status__in=ON_THE_ROLL).exclude(person=know(request)).values_list("pk", flat=True):
        was, now = request.POST.get(f"was-{pk}", ""), request.POST.get(f"now-{pk}", "")
        if not now and request.POST.get("rest") and was == SignupStatus.SIGNED_UP:
            now = str(SignupStatus.ATTENDED)
        if was and now:
            marks[pk] = Mark(was, now)
    return marks


def find_last(request: HttpRequest, shift: Shift) -> list[tuple[int, str]]:
    kept = request.session.get(LAST, {})
    return [(pk, was) for pk, was in kept.get("changed", [])] if kept.get("shift") == shift.pk else []


@login_required
@never_cache
@require_safe
def show_code(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """For a screen on the office's table: large, and new by itself."""
    rows = Shift.objects.of_offices_of(know(request)).select_related("request")
    shift, now = get_object_or_404(rows, public_id=public_id), timezone.now()
    shows = is_showing(shift, now)
    code = code_at(shift, now) if shows else ""
    address = request.build_absolute_uri(f"{strip_language(reverse('check-in'))}?code={code}")
    context = {
        "tab": "desk",
        "shift": shift,
        "code": code,
        "seconds": seconds_left(now) + 1,
        "qr": draw_qr(address) if shows else "",
        "came": shift.signups.filter(status=SignupStatus.ATTENDED).count(),
    }
    return render(request, "volunteers/shift_code.html", context)


@login_required
@require_POST
def answer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The office answers an appeal."""
    user = know(request)
    rows = ShiftSignup.objects.filter(placement__in=Placement.objects.of_offices_of(user))
    signup = get_object_or_404(rows, public_id=public_id)
    try:
        answer_appeal(signup, request.POST.get("verb", ""), by=user, words=request.POST.get("words", "")[:600])
    except (NotReadyError, WrongStateError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Answered. The volunteer hears it."))
    return redirect("desk-attendance")
