"""The course page says what comes before a course, in which sections its lessons stand, and what is done."""

import pytest
from django.test import Client

from accounts.models import User
from courses.models import CourseIndexPage, CoursePrerequisite
from courses.querysets import Learner
from courses.services import complete_lesson, course_progress
from tests.factories.courses import make_course, make_lesson, translate

pytestmark = pytest.mark.django_db


def test_sections_count_what_is_done(client: Client, indexes: dict[str, CourseIndexPage], learner: User) -> None:
    course = make_course(indexes["km"])
    lessons = [make_lesson(course, section=title) for title in ("", "ផ្នែក ក", "", "ផ្នែក ខ")]
    complete_lesson(Learner(user=learner), lesson=lessons[2])
    key = course.translation_key
    sections = course_progress(Learner(user=learner), [key])[key].sections
    assert [(each.title, each.done, each.total) for each in sections] == [
        ("", 0, 1),
        ("ផ្នែក ក", 1, 2),
        ("ផ្នែក ខ", 0, 1),
    ]
    client.force_login(learner)
    page = client.get(course.url).content.decode()
    assert "ផ្នែក ក · ធ្វើរួច ១ ក្នុង ២</h3>" in page
    assert page.count('<ol class="rows outline">') == 3


def test_a_prerequisite_is_advice_in_the_readers_language(
    client: Client, indexes: dict[str, CourseIndexPage], learner: User
) -> None:
    first, alone, course = (make_course(indexes["km"], title=title) for title in ("វគ្គមុន", "វគ្គតែខ្មែរ", "វគ្គបន្ទាប់"))
    english = translate(course, indexes["en"], slug="after")
    translate(first, indexes["en"], slug="first", title="The course before")
    for page in (course, english):
        for need in (first, alone):
            CoursePrerequisite.objects.get_or_create(page=page, course_key=need.translation_key)
    lessons = [make_lesson(first) for _ in range(2)]
    lesson = make_lesson(course)
    client.force_login(learner)
    assert "មិនទាន់ចាប់ផ្ដើម" in client.get(course.url).content.decode()
    complete_lesson(Learner(user=learner), lesson=lessons[0])
    assert "រៀនបាន ១ ក្នុង ២ មេរៀន" in client.get(course.url).content.decode()
    complete_lesson(Learner(user=learner), lesson=lessons[1])
    page = client.get(course.url).content.decode()
    assert "អ្នកបានរៀនចប់" in page
    assert f'href="{lesson.url}"' in page  # advice, no wall
    shown = client.get(english.url).content.decode()
    assert "The course before" in shown
    assert "វគ្គតែខ្មែរ" in shown


def test_a_prerequisite_that_is_gone_is_not_shown(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    first, course = make_course(indexes["km"], title="វគ្គមុន"), make_course(indexes["km"])
    CoursePrerequisite.objects.create(page=course, course_key=first.translation_key)
    first.unpublish()
    assert "វគ្គមុន" not in client.get(course.url).content.decode()
