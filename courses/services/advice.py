"""Which courses are better taken before another: advice with the learner's own state, never a wall."""

from django.utils.translation import get_language

from courses.models import CoursePage, CoursePrerequisite


def list_needs(page: CoursePage) -> list[CoursePage]:
    """The live courses that are better taken before this one, each in the reader's language where there is one."""
    keys = CoursePrerequisite.objects.filter(page=page)
    pages = CoursePage.objects.live().filter(translation_key__in=keys.values("course_key")).select_related("locale")
    found: dict[object, CoursePage] = {}
    for each in sorted(pages, key=lambda each: (each.locale.language_code == (get_language() or "km"), each.path)):
        found[each.translation_key] = each
    return list(found.values())
