"""The invitation to a cohort: its link, code and poster; joining and leaving."""

import io
import uuid
from typing import cast

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from courses.models import Cohort
from courses.services import find_course
from courses.services.cohorts import (
    CannotJoinError,
    change_link,
    close_link,
    find_obstacle,
    join_cohort,
    leave_cohort,
    open_link,
)
from courses.views.cohorts import get_led_cohort

VERBS = {"change": change_link, "close": close_link, "open": open_link}


def make_address(request: HttpRequest, cohort: Cohort) -> str:
    """The whole address on paper and in chats: short, and opened in each reader's own language."""
    path = reverse("cohort-join", args=[cohort.token]).removeprefix(f"/{get_language()}")
    return request.build_absolute_uri(path)


@login_required
@never_cache
def show_link(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Link, code and poster. By POST the link is closed, opened or changed."""
    cohort = get_led_cohort(request, public_id)
    verb = VERBS.get(request.POST.get("verb", ""))
    if verb is not None:
        verb(cohort)
        messages.success(request, _("Done. The invitation is changed."))
        return redirect("cohort-invite", cohort.public_id)
    context = {
        "tab": "learn",
        "cohort": cohort,
        "address": make_address(request, cohort),
        "invitation": _("Learn with us: %(title)s") % {"title": cohort.title},
    }
    return render(request, "courses/cohort_invite.html", context)


@login_required
@never_cache
@require_safe
def draw_code(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The link as a QR code, black on white in any theme."""
    code = segno.make_qr(make_address(request, get_led_cohort(request, public_id)), error="m")
    picture = io.BytesIO()
    code.save(picture, kind="svg", border=4, omitsize=True, light="#fff", xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@login_required
@never_cache
@require_safe
def show_poster(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """One sheet for the wall, in both languages."""
    cohort = get_led_cohort(request, public_id)
    context = {
        "tab": "learn",
        "cohort": cohort,
        "address": make_address(request, cohort),
        "courses": [(language, find_course(cohort.course_key, language)) for language in ("km", "en")],
    }
    return render(request, "courses/cohort_poster.html", context)


@never_cache
def show_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites, to what, and what they will see. By POST the reader joins."""
    cohorts = Cohort.objects.select_related("organisation", "commune__district__province")
    cohort = get_object_or_404(cohorts, token=token)
    user = request.user if isinstance(request.user, User) else None
    if request.method == "POST":
        return join(request, cohort, user)
    context = {
        "tab": "learn",
        "cohort": cohort,
        "course": find_course(cohort.course_key),
        "facilitators": list(cohort.facilitators.order_by("pk")),
        "obstacle": find_obstacle(cohort, user) if user else None,
        "is_member": bool(user and cohort.members.current().filter(user=user).exists()),
    }
    response = render(request, "courses/cohort_join.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def join(request: HttpRequest, cohort: Cohort, user: User | None) -> HttpResponse:
    """Into the cohort; whoever has no account yet comes back to the link after making one."""
    if user is None:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    try:
        join_cohort(cohort, by=user)
    except CannotJoinError as refusal:
        messages.error(request, str(refusal))
        return redirect("cohort-join", cohort.token)
    messages.success(request, _("Welcome. You are in the cohort now."))
    return redirect(cohort)


@login_required
@require_POST
def leave(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Out of the cohort; the facilitators see nothing more."""
    user = cast(User, request.user)
    cohort = get_object_or_404(Cohort.objects.joined_by(user), public_id=public_id)
    leave_cohort(cohort, by=user)
    messages.success(request, _("You left the cohort. What you learnt stays yours."))
    return redirect("cohorts")
