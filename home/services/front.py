"""What the home page shows beside its own texts."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.utils.translation import gettext

from courses.models import CoursePage, Enrolment
from courses.querysets import Learner
from courses.services.learning import Progress, course_progress
from forums.models import Topic
from home.models import HomePage
from volunteers.models import VolunteerRequest

COUNT_SECONDS = 600
SHOWN_COURSES = 4
SHOWN_REQUESTS = 4


@dataclass(frozen=True)
class Front:
    """`counts` are (what, how many above zero): a counter at zero discourages and is left out."""

    counts: list[tuple[str, int]]
    requests: list[VolunteerRequest]
    courses: list[tuple[CoursePage, Progress]]
    course_total: int


def read_front(page: HomePage) -> Front:
    """The lists of the home page in its language."""
    courses = list(CoursePage.objects.live().filter(locale_id=page.locale_id).order_by("path"))
    shown = courses[:SHOWN_COURSES]
    progress = course_progress(Learner(), [course.translation_key for course in shown])
    return Front(
        counts=count_all(),
        requests=list(VolunteerRequest.objects.open().newest(SHOWN_REQUESTS)),
        courses=[(course, progress[course.translation_key]) for course in shown],
        course_total=len(courses),
    )


def count_all() -> list[tuple[str, int]]:
    """Counted at most once in ten minutes a process."""
    numbers: list[int] | None = cache.get("home-counts")
    if numbers is None:
        numbers = [
            Enrolment.objects.count(),
            VolunteerRequest.objects.open().values("office").distinct().count(),
            Topic.objects.visible_to(AnonymousUser()).filter(answer__isnull=False).count(),
        ]
        cache.set("home-counts", numbers, COUNT_SECONDS)
    names = [
        gettext("courses begun"),
        gettext("communes that look for helpers"),
        gettext("questions answered by officials"),
    ]
    return [(name, number) for name, number in zip(names, numbers, strict=True) if number]
