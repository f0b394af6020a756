"""The boards where learners help each other: of a course for everyone, of a cohort for its people alone."""

from courses.models import Cohort, CoursePage
from forums.models import Board
from forums.services import get_board_of_course, seat_cohort


def open_board(course: CoursePage) -> Board:
    """The course's board, made with the first published translation; its titles follow all of them."""
    pages = CoursePage.objects.live().filter(translation_key=course.translation_key).select_related("locale")
    titles = {page.locale.language_code: page.title for page in pages} | {course.locale.language_code: course.title}
    return get_board_of_course(
        course.translation_key,
        slug=course.slug,
        title_km=titles.get("km", course.title),
        title_en=titles.get("en", course.title),
    )


def seat_people(cohort: Cohort) -> Board:
    """The cohort's private board, read by its facilitators and by learners who have not left."""
    return seat_cohort(
        cohort.public_id,
        title_km=cohort.title_km,
        title_en=cohort.title_en,
        leads=set(cohort.facilitators.values_list("pk", flat=True)),
        members=set(cohort.members.current().values_list("user", flat=True)),
    )
