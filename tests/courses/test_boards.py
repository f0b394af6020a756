from django.test import Client

from courses.models import CourseIndexPage
from forums.models import Board
from tests.factories.courses import make_course, make_lesson


def test_a_published_course_has_a_board_and_its_lessons_lead_there(
    indexes: dict[str, CourseIndexPage], client: Client
) -> None:
    course = make_course(indexes["km"], title="វគ្គ Excel", slug="excel")
    lesson = make_lesson(course)
    course.save_revision().publish()
    board = Board.objects.get()
    assert (board.course_key, board.slug, board.title_km) == (course.translation_key, "course-excel", "វគ្គ Excel")
    address = f"/km/forum/courses/{course.translation_key}/"
    assert f'href="{address}"' in client.get(lesson.url).content.decode()
    assert client.get(address)["Location"] == "/km/forum/boards/course-excel/"


def test_the_board_follows_the_title(indexes: dict[str, CourseIndexPage]) -> None:
    course = make_course(indexes["km"], title="មុន")
    course.save_revision().publish()
    course.title = "ក្រោយ"
    course.save_revision().publish()
    assert list(Board.objects.values_list("title_km", flat=True)) == ["ក្រោយ"]
