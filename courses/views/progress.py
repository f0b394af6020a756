"""A lesson is done; a course is finished."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from courses.forms import DoneForm, WhenForm
from courses.models import LessonPage, Skill
from courses.services import (
    complete_lesson,
    course_progress,
    find_checks,
    find_course,
    find_lesson,
    read_certificate_progress,
)
from courses.services.progress import get_course_key
from courses.views.learner import get_learner, know_learner


@require_POST
def finish_lesson(request: HttpRequest, lesson_key: uuid.UUID) -> HttpResponse:
    """ "Done": on to the quiz, the next lesson, or the end of the course."""
    lesson = find_lesson(lesson_key)
    if lesson is None:
        raise Http404
    learner = know_learner(request)
    moment = WhenForm(request.POST).read_moment()
    complete_lesson(learner, lesson=lesson, client_id=DoneForm(request.POST).read_id(), happened_at=moment)
    return redirect(find_next_step(request, lesson))


@require_GET
def show_finished(request: HttpRequest, course_key: uuid.UUID) -> HttpResponse:
    """What finishing gave, and where it is needed. Not there yet: the course itself."""
    course = find_course(course_key)
    if course is None:
        raise Http404
    learner = get_learner(request)
    progress = course_progress(learner, [course_key])[course_key]
    if not progress.is_finished:
        return redirect(course.get_url(request))
    context = {
        "course": course,
        "progress": progress,
        "towards": read_certificate_progress(learner, course_key=course_key, progress=progress),
        "checks": find_checks(learner, course, progress),
        "skills": Skill.objects.taught_by(course_key),
        "is_kept": learner.user is not None,
    }
    return render(request, "courses/finished.html", context)


def find_next_step(request: HttpRequest, lesson: LessonPage) -> str:
    """The address after "done" or a passed quiz."""
    course_key = get_course_key(lesson)
    progress = course_progress(get_learner(request), [course_key])[course_key]
    line = progress.find(lesson.translation_key)
    if line is not None and not line.is_done:
        return f"{lesson.get_url(request)}quiz/"
    if progress.is_finished:
        return reverse("course-finished", args=[course_key])
    following = progress.after(lesson.translation_key) or progress.next
    address: str = (following.page if following else lesson.get_parent()).get_url(request)
    return address
