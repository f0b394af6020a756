"""People without an account count themselves at a meeting, by the code on its screen."""

import uuid

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from participation.errors import RefusedError
from participation.forms.attendance import CountMeForm
from participation.models import Meeting
from participation.services.attendance.check_in import Coming
from participation.services.attendance.self_counting import Door, count_me
from participation.services.surveys.tokens import read_phone_count, write_phone_count
from participation.views.meetings import get_meeting
from volunteers.services.serving.codes import clean_code

COOKIE_DAYS = 3


@never_cache
def here(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The code, and what people may say of themselves; who has an account checks in with it."""
    meeting = get_meeting(request, public_id)
    code = clean_code(request.GET.get("code", ""))
    if request.user.is_authenticated:
        return redirect(f"{reverse('meeting-check-in')}?at={meeting.public_id}&code={code}")
    door, count = Door(meeting), count_of_phone(request, str(public_id))
    form = CountMeForm(request.POST if request.method == "POST" else None, door=door, code=code)
    status = 200
    if form.is_valid():
        try:
            if not ratelimit.consume(request, action="count_me"):
                status = 429
                raise RefusedError(_("Very many tries came from this network. Tell the person at the door."))
            form_about = form.read_about()
            coming = Coming(sex=form_about.sex, age=form_about.age, groups=form_about.groups)
            is_new = count_me(meeting, form.cleaned_data["code"], coming, token=form.form_token, phone_count=count)
        except RefusedError as refusal:
            form.add_error("code", str(refusal))
        else:
            return keep_count(request, meeting, count + is_new)
    context = {"tab": "forum", "meeting": meeting, "form": form, "count": count}
    context["is_counted"] = bool(count) and request.method != "POST" and "counted" in request.GET
    return render(request, "participation/here.html", context, status=status)


def keep_count(request: HttpRequest, meeting: Meeting, count: int) -> HttpResponse:
    """The phone keeps a number: how many people it has counted here."""
    response = redirect(f"{reverse('meeting-here', args=[meeting.public_id])}?counted")
    response.set_cookie(
        name_cookie(meeting.public_id), write_phone_count(Door(meeting), count), max_age=COOKIE_DAYS * 86_400,
        httponly=True, samesite="Lax", secure=request.is_secure(),
    )  # fmt: skip
    return response


def name_cookie(public_id: uuid.UUID) -> str:
    return f"here_{public_id.hex[:12]}"


def count_of_phone(request: HttpRequest, at: str) -> int:
    """How many people this phone has counted at the meeting with that id; 0 for nonsense."""
    try:
        meeting = Meeting(public_id=uuid.UUID(at))
    except ValueError:
        return 0
    return read_phone_count(Door(meeting), request.COOKIES.get(name_cookie(meeting.public_id), ""))
