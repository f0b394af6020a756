"""The board where the learners of a course help each other."""

from courses.models import CoursePage
from forums.models import Board
from forums.services import get_board_of_course


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
