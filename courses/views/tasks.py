"""A learner's practical task: what to do, handing in, what came of it, and the files."""

import uuid
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.rules import may_post
from courses.models import LessonPage, Submission, SubmissionFile
from courses.services import find_lesson
from courses.services.reviews import submissions_visible_to
from courses.services.tasks import (
    AlreadyDecidedError,
    AlreadyHandedInError,
    find_maker,
    hand_in,
    last_wait,
    list_submissions,
    read_task,
    take_back,
)
from courses.task_forms import HandInForm
from ui.files.kinds import FileKind
from ui.sandbox import serve


@never_cache
@login_required
def show_task(request: HttpRequest, lesson_key: uuid.UUID) -> HttpResponse:
    """The task and all that this person handed in for it; by POST, one handing in."""
    lesson = find_lesson(lesson_key)
    task = read_task(lesson) if lesson else None
    if lesson is None or task is None:
        raise Http404
    terms: dict[str, Any] = {"task": task, "lesson_key": lesson_key, "user": request.user}
    if request.method != "POST":
        return draw_task(request, lesson, HandInForm(**terms))
    form = HandInForm(request.POST, request.FILES, **terms)
    if not may_post(request.user):
        return draw_task(request, lesson, form, status=403)
    if request.FILES and not ratelimit.consume(request, action="hand_in", user=request.user):
        form.refuse(_("You sent many files in a short time. Try again in an hour; nothing you wrote is lost."))
        return draw_task(request, lesson, form, status=429)
    return receive(request, lesson, form) if form.is_valid() else draw_task(request, lesson, form)


def receive(request: HttpRequest, lesson: LessonPage, form: HandInForm) -> HttpResponse:
    """Keep the work; a second tab learns that the first was there before."""
    kept = {name: form.cleaned_data[name] for name in ("note", "office", "client_id")}
    draft = f"draft:task-{lesson.translation_key}"
    try:
        hand_in(request.user, lesson=lesson, files=form.cleaned_data["work"], **kept)  # type: ignore[arg-type]
        messages.success(request, _("Your work is handed in. You find the answer here and on your page."), draft)
    except AlreadyHandedInError:
        messages.info(request, _("You had handed this in already. Here it is."))
    return redirect("task", lesson_key=lesson.translation_key)


def draw_task(request: HttpRequest, lesson: LessonPage, form: HandInForm, status: int = 200) -> HttpResponse:
    """The form only for who may hand in now; for all others, why not."""
    user: User = request.user  # type: ignore[assignment]
    submissions = list_submissions(user, lesson.translation_key)
    is_open = not any(each.is_waiting or each.is_accepted for each in submissions)
    context = {
        "tab": "learn",
        "lesson": lesson,
        "course": lesson.get_parent(),
        "task": lesson.task[0].value,
        "submissions": submissions,
        "form": form if is_open and may_post(user) else None,
        "is_too_young": is_open and not may_post(user),
        "maker": find_maker(lesson),
        "waited": last_wait(lesson.translation_key) if is_open else None,
    }
    return render(request, "courses/task.html", context, status=status)


@require_POST
@login_required
def take_task_back(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Work that nobody decided about yet goes away again."""
    own = Submission.objects.of(request.user)  # type: ignore[arg-type]
    submission = get_object_or_404(own, public_id=public_id)
    try:
        take_back(submission, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("You took your work back. Hand in again whenever you like."))
    except AlreadyDecidedError:
        messages.info(request, _("Somebody looked at it in the meantime. Here is the answer."))
    return redirect("task", lesson_key=submission.lesson_key)


@require_safe
@never_cache
@login_required
def serve_task_file(request: HttpRequest, public_id: uuid.UUID) -> HttpResponseBase:
    """One file, for who may see the submission. Photos are shown, all else is a download; nothing in it may run."""
    visible = submissions_visible_to(request.user)  # type: ignore[arg-type]
    row = get_object_or_404(SubmissionFile.objects.filter(submission__in=visible), public_id=public_id)
    return serve(row.file, kind=FileKind(row.kind), name=row.name)
