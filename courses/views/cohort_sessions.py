"""Face-to-face sessions of a cohort, and who was there."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.cohort_forms import SessionForm, read_marks
from courses.enums import Presence
from courses.models import Attendance, Cohort, CohortMember, CohortSession
from courses.services.attendance import Mark, list_attendees, mark_attendance
from courses.views.cohorts import get_led_cohort
from ui.keyset import KeysetPage, paginate_by_key

LEARNERS_A_FORM = 200


def get_led_session(request: HttpRequest, public_id: uuid.UUID) -> CohortSession:
    """404 for who may not know the cohort, 403 for its learners."""
    visible = Cohort.objects.visible_to(request.user)
    sessions = CohortSession.objects.select_related("cohort").filter(cohort__in=visible)
    session = get_object_or_404(sessions, public_id=public_id)
    if not Cohort.objects.led_by(request.user).filter(pk=session.cohort_id).exists():
        raise PermissionDenied
    return session


@login_required
def plan_session(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    cohort = get_led_cohort(request, public_id)
    form = SessionForm(request.POST or None, instance=CohortSession(cohort=cohort))
    if form.is_valid():
        form.save()
        messages.success(request, _("The session is planned. Learners see it on their pages."))
        return redirect(cohort)
    return render(request, "courses/cohort_session_form.html", {"tab": "learn", "form": form, "cohort": cohort})


@login_required
def edit_session(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Its facts; `cancel` and `restore` are buttons of the same page."""
    session = get_led_session(request, public_id)
    if "cancel" in request.POST or "restore" in request.POST:
        session.cancelled_at = timezone.now() if "cancel" in request.POST else None
        session.save(update_fields=["cancelled_at"])
        return redirect("cohort-session", session.public_id)
    form = SessionForm(request.POST or None, instance=session)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("cohort-session", session.public_id)
    context = {"tab": "learn", "form": form, "cohort": session.cohort, "session": session}
    return render(request, "courses/cohort_session_form.html", context)


@login_required
def show_session(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everybody on one form; what somebody else marked meanwhile comes back for a second look."""
    session = get_led_session(request, public_id)
    page = paginate_by_key(list_attendees(session), request, "pk", LEARNERS_A_FORM)
    marks: dict[int, Mark] = {}
    conflicts: set[int] = set()
    if request.method == "POST":
        marks = read_marks(request.POST, page)
        conflicts = mark_attendance(session, by=cast(User, request.user), marks=marks)
        if not conflicts:
            messages.success(request, _("Attendance is saved."))
            return redirect(request.get_full_path())
    context = {
        "tab": "learn",
        "session": session,
        "cohort": session.cohort,
        "page_of_learners": page,
        "rows": list_rows(session, page, marks, conflicts),
        "choices": Presence.choices,
        "has_conflicts": bool(conflicts),
    }
    return render(request, "courses/cohort_session.html", context)


def list_rows(
    session: CohortSession, page: KeysetPage[CohortMember], marks: dict[int, Mark], conflicts: set[int]
) -> list[dict[str, Any]]:
    """One row a learner: what is stored, what to tick, and who marked it otherwise meanwhile."""
    rows = Attendance.objects.filter(session=session, member__in=[member.pk for member in page])
    stored = {row.member_id: row for row in rows.select_related("marked_by")}
    return [
        {
            "member": member,
            "was": stored[member.pk].presence if member.pk in stored else "",
            "now": marks[member.pk].now
            if member.pk in conflicts
            else (stored[member.pk].presence if member.pk in stored else ""),
            "conflict": stored[member.pk] if member.pk in conflicts else None,
        }
        for member in page
    ]
