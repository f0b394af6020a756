"""A course page's neighbours: itself in the other language, who made it, and the courses that are better taken before
it, which is advice with the learner's own state, never a wall.
"""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from courses.models import CoursePage, CoursePrerequisite, PublisherPage


@dataclass(frozen=True)
class Neighbours:
    """`twin`: the live translation; `needs`: the live courses before, each in the reader's language where it can be;
    `maker`: the section of the organisation that made it, None for ourselves.
    """

    twin: CoursePage | None = None
    needs: list[CoursePage] = field(default_factory=list)
    maker: PublisherPage | None = None


def find_neighbours(page: CoursePage) -> Neighbours:
    """All of them in one query."""
    before = CoursePrerequisite.objects.filter(page=page).values("course_key")
    keys = Q(translation_key__in=before) | Q(translation_key=page.translation_key)
    above = Q(path=page.path[: -Page.steplen], publisherpage__isnull=False)
    pages = (
        Page.objects.live()
        .filter(Q(keys, coursepage__isnull=False) | above)
        .exclude(pk=page.pk)
        .select_related("locale", "coursepage", "publisherpage__organisation")
        .defer("coursepage__form_a", "coursepage__form_b")
        .order_by("path")
    )
    twin, maker, needs = None, None, {}
    for each in sorted(pages, key=lambda each: each.locale.language_code == (get_language() or "km")):
        if each.path == page.path[: -Page.steplen]:
            maker = each.publisherpage
            continue
        course = each.coursepage
        course.locale = each.locale
        if course.translation_key == page.translation_key:
            twin = course
        else:
            needs[course.translation_key] = course
    return Neighbours(twin, list(needs.values()), maker)
