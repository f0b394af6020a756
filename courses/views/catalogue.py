"""The catalogue: filters and search in the address, progress on each row, and the way back to where one was."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.forms import CatalogueForm
from courses.models import CourseIndexPage, CoursePage, Enrolment
from courses.services import course_progress, find_courses
from courses.services.catalogue import find_matching, find_nearest
from courses.views.learner import get_learner
from ui.keyset import paginate_by_key

PAGE_SIZE = 20


@CourseIndexPage.shown_by()
def show_catalogue(request: HttpRequest, page: CourseIndexPage) -> HttpResponse:
    """The courses that meet the wish, else those that come nearest; each with its cost and this learner's progress."""
    form = CatalogueForm(request.GET)
    courses = paginate_by_key(find_matching(form.wish), request, by="path", size=PAGE_SIZE)
    nearest = [] if courses.items or not form.chips else find_nearest(form.wish)
    context = {
        "page": page,
        "form": form,
        "courses": courses,
        "is_nearest": bool(nearest),
        **read_rows(request, nearest or courses.items, is_first=not form.chips and "cursor" not in request.GET),
    }
    return render(request, "courses/catalogue.html", context)


def read_rows(request: HttpRequest, courses: list[CoursePage], *, is_first: bool) -> dict[str, Any]:
    """`rows`: pairs of course and progress. `going`: likewise the course to go on with, on the bare first page."""
    learner = get_learner(request)
    latest = Enrolment.objects.of(learner).going_on().first() if is_first and learner.is_known else None
    keys = [course.translation_key for course in courses]
    if latest is not None and latest.course_key not in keys:
        keys.append(latest.course_key)
    progress = course_progress(learner, keys)
    going = None
    if latest is not None and progress[latest.course_key].next:
        known = {course.translation_key: course for course in courses}
        course = known.get(latest.course_key) or find_courses([latest.course_key]).get(latest.course_key)
        going = (course, progress[latest.course_key]) if course else None
    return {"rows": [(course, progress[course.translation_key]) for course in courses], "going": going}
