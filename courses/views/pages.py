"""The catalogue, a publisher's section, a course, a lesson."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from wagtail.models import Page

from courses.models import CourseIndexPage, CoursePage, LessonPage, PublisherPage, Skill
from courses.services import course_progress
from courses.services.learning import Progress
from courses.views.learner import get_learner
from ui.keyset import paginate_by_key
from ui.media_blocks import let_players_in
from ui.pictures import prefetch_pictures

PAGE_SIZE = 20


@CourseIndexPage.shown_by()
def show_catalogue(request: HttpRequest, page: CourseIndexPage) -> HttpResponse:
    """All courses, each with its cost and this learner's progress."""
    courses = CoursePage.objects.live().descendant_of(page)
    return render(request, "courses/catalogue.html", {"page": page, **list_courses(request, courses)})


@PublisherPage.shown_by()
def show_publisher(request: HttpRequest, page: PublisherPage) -> HttpResponse:
    """The courses of one organisation."""
    courses = CoursePage.objects.live().child_of(page)
    return render(request, "courses/publisher.html", {"page": page, **list_courses(request, courses)})


@CoursePage.shown_by()
def show_course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """What the course gives and costs, its lessons, where this learner is."""
    context = {
        "page": page,
        "progress": read_progress(request, page),
        "skills": list_skills(request, page),
        "maker": PublisherPage.objects.live().ancestor_of(page).select_related("organisation").first(),
    }
    return render(request, "courses/course.html", context)


@LessonPage.shown_by()
def show_lesson(request: HttpRequest, page: LessonPage) -> HttpResponse:
    """The lesson itself."""
    course = page.get_parent().specific_deferred
    progress = read_progress(request, course)
    prefetch_pictures(page.body)
    context = {
        "page": page,
        "course": course,
        "progress": progress,
        "line": progress.find(page.translation_key),
        "before": progress.before(page.translation_key),
    }
    response = let_players_in(render(request, "courses/lesson.html", context), page.body)
    patch_vary_headers(response, ["Save-Data"])
    return response


def list_courses(request: HttpRequest, courses: "QuerySet[CoursePage]") -> dict[str, Any]:
    """`courses` (a KeysetPage) and `rows`: pairs of course and progress."""
    found = paginate_by_key(courses.select_related("locale"), request, by="path", size=PAGE_SIZE)
    progress = course_progress(get_learner(request), [course.translation_key for course in found])
    return {"courses": found, "rows": [(course, progress[course.translation_key]) for course in found]}


def list_skills(request: HttpRequest, page: CoursePage) -> "list[Skill]":
    """What finishing grants; in a preview as the editor has it in the form."""
    if getattr(request, "is_preview", False):
        return [link.skill for link in page.skill_links.all() if link.skill_id]
    return list(Skill.objects.filter(course_links__page=page))


def read_progress(request: HttpRequest, course: Page) -> Progress:
    """This learner's way through one course; a course in preview may have no lesson yet."""
    return course_progress(get_learner(request), [course.translation_key])[course.translation_key]
