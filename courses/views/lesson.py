"""A lesson, and asking about it."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts.models import User
from courses.forms import AskForm
from courses.models import LessonPage, Submission
from courses.services import find_lesson
from courses.services.learning import lesson_progress
from courses.services.lesson_topics import ask_at_lesson, find_wait_at_lesson, list_lesson_topics
from courses.services.reading import prefetch_guides
from courses.views.learner import get_learner
from courses.views.lesson_questions import list_pieces, show_part
from forums.rules import can_write_in
from ui.dates import to_clock
from ui.languages import remember_twin
from ui.media_blocks import let_players_in
from ui.pictures import prefetch_pictures

KEPT = "ask:"  # in the session: words of someone whose session ran out, until they are back


@LessonPage.shown_by()
def show_lesson(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """The lesson itself, with what was asked about it."""
    learner = get_learner(request)
    progress = lesson_progress(learner, page)
    line = progress.find(page.translation_key)
    if line is not None and line.page.pk == page.pk:
        remember_twin(request, page, line.page.twin)
    prefetch_pictures(page.body, page.task)
    prefetch_guides(page)
    pieces = list_pieces(request, page)
    part = show_part(request, pieces)
    if part is not None:
        return part
    context = {
        "page": page,
        "pieces": pieces,
        "has_practice": any(screen for _block, screen in pieces),
        "course_title": line.page.course_title if line else page.get_parent().title,
        "progress": progress,
        "line": line,
        "before": progress.before(page.translation_key),
        "after": progress.after(page.translation_key),
        "is_known": learner.is_known,
        "submission": find_submission(request, page),
        "topics": list_lesson_topics(page.translation_key, user=request.user),
        "ask": AskForm(page.translation_key, initial={"client_id": uuid.uuid4()}),
        "may_ask": can_write_in(request.user),
    }
    response = let_players_in(render(request, "courses/lesson.html", context), page.body)
    patch_vary_headers(response, ["Save-Data"])
    return response


def find_submission(request: HttpRequest, page: LessonPage) -> Submission | None:
    """This person's latest submission for the lesson's task."""
    user = get_learner(request).user
    if user is None or not page.task:
        return None
    return Submission.objects.of(user).filter(lesson_key=page.translation_key).order_by("-number").first()


def ask_about_lesson(request: HttpRequest, lesson_key: uuid.UUID) -> HttpResponse:
    """Ask on the course's board. Whoever is not signed in goes to sign in and comes back to the typed words."""
    lesson = find_lesson(lesson_key)
    if lesson is None:
        raise Http404
    if not isinstance(request.user, User):
        keep_words(request, lesson_key)
        return redirect_to_login(reverse("lesson-ask", args=[lesson_key]))
    form = AskForm(lesson_key, request.POST or None, initial=take_words(request, lesson_key))
    status = 200
    if request.method == "POST":
        status = 422 if not form.is_valid() else 429 if must_wait(form, lesson, request.user) else 302
    if status == 302:
        topic = ask_at_lesson(lesson, by=request.user, **form.cleaned_data)
        messages.success(request, _("It is posted. Everyone can read it now."), extra_tags=f"draft:lesson-{lesson_key}")
        return redirect(topic)
    context = {"tab": "learn", "lesson": lesson, "form": form, "may_ask": can_write_in(request.user)}
    return render(request, "courses/ask.html", context, status=status)


def must_wait(form: AskForm, lesson: LessonPage, user: User) -> bool:
    """Whether the person asks faster than anyone reads; the form, which keeps the words, then says until when."""
    end = find_wait_at_lesson(lesson, by=user, client_id=form.cleaned_data["client_id"])
    if end is not None:
        words = _("You wrote many posts in a short time. Your words stay here; send them again after %(time)s.")
        form.add_error("source", words % {"time": to_clock(end)})
    return end is not None


def keep_words(request: HttpRequest, lesson_key: uuid.UUID) -> None:
    """Keep what was typed for one sign-in, which keeps the session's contents."""
    words = AskForm(lesson_key, request.POST).read_words()
    if any(words.values()):
        request.session[f"{KEPT}{lesson_key}"] = words


def take_words(request: HttpRequest, lesson_key: uuid.UUID) -> dict[str, Any]:
    """The kept words, which then belong to the page, and a fresh id."""
    kept: dict[str, Any] = {} if request.POST else request.session.pop(f"{KEPT}{lesson_key}", {})
    return {"client_id": uuid.uuid4(), **kept}
