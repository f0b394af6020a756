"""Cohorts: the list, opening one, the facilitator's desk and the learner's page of one."""

import uuid
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from courses.cohort_forms import QUIET, QUIET_CHOICES, CohortForm, FacilitatorForm, NudgeForm
from courses.enums import NudgeSentence
from courses.models import Attendance, Cohort
from courses.rules import is_facilitator
from courses.services import find_course, find_courses
from courses.services.cohort_exports import table_attendance, table_progress
from courses.services.cohort_notes import read_cohort_notes
from courses.services.cohort_report import CohortReport, with_names
from courses.services.cohorts import (
    NoFacilitatorError,
    add_facilitator,
    list_led_courses,
    open_cohort,
    remove_facilitator,
)
from courses.services.nudges import mark_seen, send_nudges
from ui.exports import write_csv, write_xlsx
from ui.keyset import paginate_by_key
from ui.words import to_digits

PAGE_SIZE, LEARNERS_A_PAGE, SHOWN_PAST = 20, 50, 20
TABLES = {"progress": table_progress, "attendance": table_attendance}
WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


def get_led_cohort(request: HttpRequest, public_id: uuid.UUID) -> Cohort:
    """For its facilitators; 404 for who may not know it, 403 for its learners."""
    visible = Cohort.objects.visible_to(request.user).select_related("organisation", "commune__district__province")
    cohort = get_object_or_404(visible, public_id=public_id)
    if not Cohort.objects.led_by(request.user).filter(pk=cohort.pk).exists():
        raise PermissionDenied
    return cohort


@login_required
@require_safe
def list_cohorts(request: HttpRequest) -> HttpResponse:
    """What one learns in, and what one leads."""
    user = cast(User, request.user)
    is_archive = "archived" in request.GET
    led = Cohort.objects.led_by(user).archived(is_archive).select_related("commune")
    page = paginate_by_key(led, request, by="-start_date", size=PAGE_SIZE)
    past = Cohort.objects.joined_by(user).filter(end_date__lt=timezone.localdate()).order_by("-end_date")[:SHOWN_PAST]
    courses = find_courses([cohort.course_key for cohort in page])
    context = {
        "tab": "learn",
        "is_facilitator": is_facilitator(user),
        "is_archive": is_archive,
        "page_of_led": page,
        "led": [(cohort, courses.get(cohort.course_key)) for cohort in page],
        "notes": read_cohort_notes(user),
        "past": past,
    }
    return render(request, "courses/cohorts.html", context)


@login_required
def open_new(request: HttpRequest) -> HttpResponse:
    """`?course=<key>` chooses the course."""
    user = cast(User, request.user)
    led = list_led_courses(user)
    if not is_facilitator(user):
        raise Http404
    form = CohortForm(request.POST or None, led=led, initial={"course": request.GET.get("course", "")})
    if form.is_valid():
        cohort = open_cohort(form.chosen, by=user, **form.facts)
        messages.success(request, _("The cohort is open. Now invite learners: by link, code or poster."))
        return redirect("cohort-invite", cohort.public_id)
    return render(request, "courses/cohort_form.html", {"tab": "learn", "form": form, "has_courses": bool(led)})


@login_required
def edit_cohort(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    cohort = get_led_cohort(request, public_id)
    form = CohortForm(request.POST or None, instance=cohort)
    if form.is_valid():
        cohort.commune = form.cleaned_data["commune"]
        form.save()
        messages.success(request, _("Saved."))
        return redirect(cohort)
    context = {"tab": "learn", "form": form, "cohort": cohort, "has_courses": True}
    return render(request, "courses/cohort_form.html", context)


@login_required
@require_safe
def show_cohort(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The desk for its facilitators, the learner's page for its learners."""
    visible = Cohort.objects.visible_to(request.user).select_related("organisation", "commune__district__province")
    cohort = get_object_or_404(visible, public_id=public_id)
    if Cohort.objects.led_by(request.user).filter(pk=cohort.pk).exists():
        return show_desk(request, cohort, NudgeForm())
    context = {
        **describe(cohort),
        "notes": [note for note in read_cohort_notes(cast(User, request.user)) if note.cohort == cohort],
        "presence": dict(
            Attendance.objects.filter(session__cohort=cohort, member__user=request.user.pk).values_list(
                "session_id", "presence"
            )
        ),
    }
    return render(request, "courses/cohort_mine.html", context)


def show_desk(request: HttpRequest, cohort: Cohort, form: NudgeForm) -> HttpResponse:
    """All at one glance: learners by page, sessions, facilitators, the nudge. `?quiet=<days>` shows the quiet ones."""
    report = CohortReport(cohort)
    quiet = next((days for days in QUIET_CHOICES if request.GET.get("quiet") == str(days)), None)
    members = cohort.members.current() if quiet is None else cohort.members.quiet_for(quiet).current()
    page = paginate_by_key(with_names(members), request, "pk", LEARNERS_A_PAGE)
    context = {
        **describe(cohort),
        "report": report,
        "summary": report.summarise(),
        "page_of_learners": page,
        "lines": report.read(page.items),
        "quiet": quiet,
        "nudge_form": form,
        "ticked": form.members,
        "facilitator_form": FacilitatorForm(),
    }
    return render(request, "courses/cohort_desk.html", context)


def describe(cohort: Cohort) -> dict[str, Any]:
    """What both pages of a cohort show."""
    return {
        "tab": "learn",
        "cohort": cohort,
        "course": find_course(cohort.course_key),
        "sessions": list(cohort.sessions.order_by("date", "starts_at", "pk")),
        "facilitators": list(cohort.facilitators.order_by("pk")),
        "today": timezone.localdate(),
    }


@login_required
@require_POST
def change_facilitators(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Name a colleague (`username`) or take a name off (`remove`)."""
    cohort = get_led_cohort(request, public_id)
    if "remove" in request.POST:
        person = cohort.facilitators.filter(username=request.POST["remove"]).first()
        if person is None or not remove_facilitator(cohort, person):
            messages.error(request, _("One facilitator must stay: learners must know whom to ask."))
        return redirect("cohorts" if person == request.user else cohort)
    form = FacilitatorForm(request.POST)
    try:
        person = add_facilitator(cohort, username=form.cleaned_data["username"]) if form.is_valid() else None
    except NoFacilitatorError:
        messages.error(request, _("This person is no facilitator of an organisation that we know."))
        return redirect(cohort)
    if person is None:
        messages.error(request, _("We know nobody by this username."))
    else:
        messages.success(request, _("%(name)s is a facilitator of this cohort now.") % {"name": person.public_name})
    return redirect(cohort)


@login_required
@require_POST
def nudge(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A few kind words to who was ticked, or to who is quiet."""
    cohort = get_led_cohort(request, public_id)
    form = NudgeForm(request.POST)
    if cohort.is_over or not form.is_valid():
        return show_desk(request, cohort, form)
    data = form.cleaned_data
    nudged = send_nudges(
        cohort,
        by=cast(User, request.user),
        sentence=NudgeSentence(data["sentence"]),
        text=data["text"],
        members=form.members,
        quiet_days=data["days"] if data["to"] == QUIET else None,
    )
    said = ngettext("%(sent)s learner gets it.", "%(sent)s learners get it.", nudged.sent) % {"sent": nudged.sent}
    if nudged.held_back:
        held = ngettext(
            "%(held)s had one in the last three days already.",
            "%(held)s had one in the last three days already.",
            nudged.held_back,
        ) % {"held": nudged.held_back}
        said = f"{said} {held}"
    messages.success(request, to_digits(said))
    return redirect(cohort)


@login_required
@require_POST
def see_nudges(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The learner has read it; back to where they were."""
    user = cast(User, request.user)
    cohort = get_object_or_404(Cohort.objects.joined_by(user), public_id=public_id)
    mark_seen(cohort, by=user)
    course = find_course(cohort.course_key)
    return redirect(course.get_url(request) if course and request.POST.get("from") == "course" else cohort)


@login_required
@require_safe
def export(request: HttpRequest, public_id: uuid.UUID, file_name: str) -> HttpResponseBase:
    """`progress.csv`, `progress.xlsx`, `attendance.csv`, `attendance.xlsx`."""
    cohort = get_led_cohort(request, public_id)
    what, _dot, kind = file_name.partition(".")
    if what not in TABLES or kind not in WRITERS:
        raise Http404
    table = TABLES[what](cohort)
    return WRITERS[kind](table.name, table.header, table.rows)
