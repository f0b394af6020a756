"""The check of a course before and after it: one question a screen, nothing told until the end."""

import uuid
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from courses.forms import AnswerForm
from courses.models import CoursePage
from courses.models.pages import CHECK
from courses.querysets import Learner
from courses.services import answer_check, course_progress, find_checks
from courses.services.checks import FORMS, CheckClosedError, Checks, pick_form, read_form
from courses.services.learning import Progress
from courses.services.marking import BadAnswerError
from courses.services.quiz import QuestionGoneError
from courses.views.learner import get_learner, know_learner
from courses.views.quiz_screen import QuizScreen, list_drafts_of, resume_screen, to_uuid


@dataclass(frozen=True)
class Desk:
    """What one request to the check needs."""

    page: CoursePage
    learner: Learner
    progress: Progress
    checks: Checks


@CoursePage.shown_by(CHECK)
def show_check(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """A question, what one knew before, or how far one came; the course itself where there is nothing to ask."""
    if getattr(request, "is_preview", False):
        return preview_check(request, page)
    desk = read_desk(request, page)
    if request.method == "POST":
        return take_check(request, desk)
    if desk.checks.purpose:
        return render(
            request, "courses/check.html", to_context(desk, read_question(desk, request.GET.get("attempt", "")))
        )
    if desk.checks.before is None or desk.checks.before.is_open:
        return redirect(page.get_url(request))
    return render(request, "courses/check_result.html", to_context(desk))


def take_check(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep an answer and ask the next question."""
    screen = read_question(desk, request.POST.get("attempt", "")) if desk.checks.purpose else None
    asked = [question["id"] for question in screen.questions] if screen else []
    if screen is None or request.POST.get("question") not in asked:
        return redirect(request.path)
    screen = replace(screen, index=asked.index(request.POST["question"]))
    form = AnswerForm(screen.question, request.POST, may_be_blank=True)
    if not form.is_valid():
        return render(request, "courses/check.html", to_context(desk, screen.with_form(form)), status=422)
    sent = form.cleaned_data
    try:
        answer_check(
            know_learner(request),
            course=desk.page,
            attempt_id=sent["attempt"],
            question_id=sent["question"],
            choices=sent["choices"],
            text=sent["text"],
            is_blank=sent["is_blank"],
            client_id=sent["answer"],
        )
    except (QuestionGoneError, BadAnswerError):
        messages.warning(request, _("This question has changed. Here it is as it is now."))
    except CheckClosedError:
        pass  # done on another device: the page says how it went
    return redirect(request.path)


def read_desk(request: HttpRequest, page: CoursePage) -> Desk:
    """Where this learner stands in the course and its checks."""
    learner = get_learner(request)
    progress = course_progress(learner, [page.translation_key])[page.translation_key]
    return Desk(page, learner, progress, find_checks(learner, page, progress))


def read_question(desk: Desk, attempt_id: str) -> QuizScreen:
    """The first question without an answer."""
    attempt = desk.checks.current
    if attempt is None:
        key = to_uuid(attempt_id) or uuid.uuid4()
        form = pick_form(desk.learner, desk.page, desk.checks, key)
        return QuizScreen(read_form(desk.page, form).questions, hides=True, attempt_id=key)
    screen = resume_screen(attempt)
    open_ones = [i for i, question in enumerate(screen.questions) if question["id"] not in screen.answered]
    return replace(screen, index=open_ones[0] if open_ones else 0)


def to_context(desk: Desk, screen: QuizScreen | None = None) -> dict[str, object]:
    """For both screens of a check."""
    return {"page": desk.page, "checks": desk.checks, "progress": desk.progress, "screen": screen}


def preview_check(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """Both forms side by side for their author."""
    streams = [getattr(page, f"form_{form}") for form in FORMS]
    drafts = [
        list_drafts_of(read_form(page, form).questions, stream) for form, stream in zip(FORMS, streams, strict=True)
    ]
    return render(request, "courses/check_preview.html", {"page": page, "drafts": drafts})
