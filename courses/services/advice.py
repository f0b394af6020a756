"""A course page's neighbours: itself in the other language, and the courses that are better taken before it, which is
advice with the learner's own state, never a wall.
"""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import get_language

from courses.models import CoursePage, CoursePrerequisite


@dataclass(frozen=True)
class Neighbours:
    """`twin`: the live translation; `needs`: the live courses before, each in the reader's language where it can be."""

    twin: CoursePage | None = None
    needs: list[CoursePage] = field(default_factory=list)


def find_neighbours(page: CoursePage) -> Neighbours:
    """Both in one query."""
    keys = CoursePrerequisite.objects.filter(page=page).values("course_key")
    pages = (
        CoursePage.objects.live()
        .filter(Q(translation_key__in=keys) | Q(translation_key=page.translation_key))
        .exclude(pk=page.pk)
        .select_related("locale")
        .order_by("path")
    )
    twin, needs = None, {}
    for each in sorted(pages, key=lambda each: each.locale.language_code == (get_language() or "km")):
        if each.translation_key == page.translation_key:
            twin = each
        else:
            needs[each.translation_key] = each
    return Neighbours(twin, list(needs.values()))
