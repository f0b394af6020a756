"""A publisher's section, a course."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.models import CoursePage, LessonPage, PublisherPage, Skill, Submission
from courses.services import course_progress, find_checks, show_certificate_progress
from courses.services.advice import find_neighbours
from courses.services.certificates import sum_terms
from courses.services.cohort_notes import CohortNote, read_cohort_notes
from courses.services.learning import Progress
from courses.services.tasks import latest_submissions
from courses.views.learner import get_learner
from ui.keyset import paginate_by_key
from ui.languages import remember_twin

PAGE_SIZE = 20


@PublisherPage.shown_by()
def show_publisher(request: HttpRequest, page: PublisherPage) -> HttpResponse:
    """The courses of one organisation."""
    courses = CoursePage.objects.live().child_of(page)
    return render(request, "courses/publisher.html", {"page": page, **list_courses(request, courses)})


@CoursePage.shown_by()
def show_course(request: HttpRequest, page: CoursePage) -> HttpResponse:
    """What the course gives and costs, its lessons, where this learner is."""
    neighbours = find_neighbours(page)
    remember_twin(request, page, neighbours.twin)
    needs = neighbours.needs
    keys = [page.translation_key, *(need.translation_key for need in needs)]
    learner = get_learner(request)
    all_progress = course_progress(learner, keys)
    progress = all_progress[page.translation_key]
    tasks = list_tasks(request, page, progress)
    context = {
        "page": page,
        "progress": progress,
        "needs": [(need, all_progress[need.translation_key]) for need in needs],
        "tasks": tasks,
        "towards": show_certificate_progress(
            learner,
            course_key=page.translation_key,
            progress=progress,
            terms=sum_terms(page, neighbours.twin),
            accepted=[lesson.translation_key for lesson, sent in tasks if sent and sent.is_accepted],
        ),
        "checks": find_checks(learner, page, progress),
        "skills": list_skills(request, page),
        "notes": list_notes(request, page),
        "maker": neighbours.maker,
    }
    return render(request, "courses/course.html", context)


def list_courses(request: HttpRequest, courses: "QuerySet[CoursePage]") -> dict[str, Any]:
    """`courses` (a KeysetPage) and `rows`: pairs of course and progress."""
    found = paginate_by_key(
        courses.select_related("locale").defer("form_a", "form_b"), request, by="path", size=PAGE_SIZE
    )
    progress = course_progress(get_learner(request), [course.translation_key for course in found])
    return {"courses": found, "rows": [(course, progress[course.translation_key]) for course in found]}


def list_skills(request: HttpRequest, page: CoursePage) -> "list[Skill]":
    """What finishing grants; in a preview as the editor has it in the form."""
    if getattr(request, "is_preview", False):
        return [link.skill for link in page.skill_links.all() if link.skill_id]
    return list(Skill.objects.filter(course_links__page=page))


def list_notes(request: HttpRequest, page: CoursePage) -> list[CohortNote]:
    """What this person's cohorts of the course have to say: the next session, a nudge."""
    user = get_learner(request).user
    return read_cohort_notes(user, course_key=page.translation_key) if user else []


def list_tasks(
    request: HttpRequest, page: CoursePage, progress: Progress
) -> list[tuple[LessonPage, Submission | None]]:
    """The lessons of a course that end in a practical task, each with this person's latest submission."""
    lessons = [line.page for line in progress.lines if line.page.has_task]
    user = get_learner(request).user
    latest = latest_submissions(user, page.translation_key) if lessons and user else {}
    return [(lesson, latest.get(lesson.translation_key)) for lesson in lessons]
