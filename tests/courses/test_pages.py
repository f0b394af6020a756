"""What the pages of the learning part say."""

from pathlib import Path

import pytest
from django.test import Client

from accounts.models import Organisation
from courses.models import CourseIndexPage, LessonPage, PublisherPage
from courses.querysets import Learner
from courses.services import complete_lesson, course_progress, load_starter_courses, set_up_publisher
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question, translate

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"


def test_every_kind_of_block_is_shown(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    load_starter_courses(DATA, lambda _line: None)
    english = LessonPage.objects.get(locale__language_code="en")
    page = client.get(english.url).content.decode()
    for piece in (
        "<h2>Begin</h2>",
        "<p>First paragraph <strong>bold</strong> &lt;b&gt;</p><p>Second paragraph</p>",
        "Key term: Coeng",
        "<li>Open</li>",
        '<th scope="col" class="num">Number</th>',
        '<td class="num">42.0</td>',
        'width="320" height="120" alt="A keyboard"',
        "Careful",
        "<p>Words</p>",
        "A clerk",
        "CSV · 5 B",
    ):
        assert piece in page, piece


def test_the_cost_of_a_lesson_counts_its_pictures(indexes: dict[str, CourseIndexPage]) -> None:
    load_starter_courses(DATA, lambda _line: None)
    lesson = LessonPage.objects.get(locale__language_code="en")
    picture = lesson.body[5].value["image"]
    plain = LessonPage.objects.get(pk=lesson.pk)
    plain.body.pop(5)
    plain.save()
    assert 0 <= lesson.byte_size - plain.byte_size - picture.file_size <= 100


def test_a_section_lists_its_courses(client: Client, indexes: dict[str, CourseIndexPage], ngo: Organisation) -> None:
    section: PublisherPage = set_up_publisher(ngo)["km"]
    course = make_course(section, [SkillFactory.create()])
    lesson = make_lesson(course)
    assert course.title in client.get(section.url).content.decode()
    assert ngo.name_km in client.get(course.url).content.decode()
    assert client.get(lesson.url).status_code == 200
    assert course.title in client.get(indexes["km"].url).content.decode()


def test_a_lesson_without_questions_has_no_quiz(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    lesson = make_lesson(make_course(indexes["km"]))
    assert client.get(f"{lesson.url}quiz/").status_code == 404
    assert client.get(f"{lesson.url}other/").status_code == 404


def test_a_draft_is_not_reached(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    lesson = make_lesson(make_course(indexes["km"]), [make_question()])
    lesson.unpublish()
    assert [client.get(address).status_code for address in (lesson.url, f"{lesson.url}quiz/")] == [404, 404]


def test_a_half_translated_course_is_not_finished_early(indexes: dict[str, CourseIndexPage]) -> None:
    course = make_course(indexes["km"])
    first, second = make_lesson(course), make_lesson(course)
    english = translate(course, indexes["en"], slug="course")
    translate(first, english, slug="first")
    learner = Learner(visitor=course.translation_key)
    complete_lesson(learner, lesson=first)
    progress = course_progress(learner, [course.translation_key], language="en")[course.translation_key]
    assert [line.page.locale.language_code for line in progress.lines] == ["en", "km"]
    assert (progress.done, progress.total, progress.is_finished) == (1, 2, False)
    assert progress.next is not None
    assert progress.next.page.translation_key == second.translation_key


def test_the_other_language_is_one_link_away(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    course = make_course(indexes["km"])
    english = translate(course, indexes["en"], slug="course")
    assert f'href="{english.url}"' in client.get(course.url).content.decode()
    assert f'href="{course.url}"' in client.get(english.url).content.decode()
