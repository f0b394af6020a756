"""The catalogue finds courses by closed lists and by what people type, and never ends in nothing."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.search import index

from accounts.models import User
from courses.models import CourseIndexPage, CoursePage, LessonPage
from courses.querysets import Learner
from courses.services import complete_lesson
from tests.factories.courses import SkillFactory, make_course, make_lesson, translate

pytestmark = pytest.mark.django_db
SIGNED_IN = 14


@pytest.fixture
def courses(indexes: dict[str, CourseIndexPage]) -> dict[str, CoursePage]:
    """Three courses in Khmer, one of them also in English, and one in English alone."""
    khmer, english = indexes["km"], indexes["en"]
    skill = SkillFactory.create(code="spreadsheet")
    made = {
        "letters": make_course(khmer, title="សរសេរលិខិត", minutes=25, work="letters"),
        "tables": make_course(khmer, [skill], title="តារាង", minutes=60, work="tables"),
        "budget": make_course(khmer, title="ថវិកា", minutes=95, work="budget", summary="លុយឃុំ"),
        "english": make_course(english, title="Only in English", minutes=40, work="letters"),
    }
    translate(made["tables"], english, title="Tables", slug="tables")
    make_lesson(made["tables"], title="បូកដោយ SUM")
    make_lesson(made["letters"], title="វាយអក្សរ")
    heavy = make_lesson(made["budget"], title="បញ្ជីសាច់ប្រាក់")
    LessonPage.objects.filter(pk=heavy.pk).update(byte_size=1_200_000)
    for page in [*CoursePage.objects.all(), *LessonPage.objects.all()]:
        index.insert_or_update_object(page)
    return made


def titles(client: Client, address: str, **query: Any) -> list[str]:
    page = client.get(address, query).content.decode()
    return re.findall(r'<a class="to" href="[^"]+"[^>]*>([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["letters", "tables", "budget", "english"]),
        ({"work": "letters"}, ["letters", "english"]),
        ({"skill": "spreadsheet"}, ["tables"]),
        ({"time": "30"}, ["letters"]),
        ({"time": "60"}, ["letters", "tables", "english"]),
        ({"time": "more"}, ["budget"]),
        ({"size": "small"}, ["letters", "tables", "english"]),
        ({"size": "large"}, ["budget"]),
        ({"lang": "km"}, ["letters", "tables", "budget"]),
        ({"lang": "en"}, ["tables", "english"]),
        ({"q": "តារាង"}, ["tables"]),
        ({"q": "លុយ"}, ["budget"]),  # in the summary
        ({"q": "sum"}, ["tables"]),  # the title of a lesson
        ({"q": "បញ្ជី"}, ["budget"]),
        ({"q": "លិខិត", "work": "letters"}, ["letters"]),
        ({"work": "letters", "lang": "km"}, ["letters"]),
        ({"work": "nonsense", "time": "9", "skill": "x"}, ["letters", "tables", "budget", "english"]),
    ],
)
def test_what_is_asked_is_what_is_found(
    client: Client,
    indexes: dict[str, CourseIndexPage],
    courses: dict[str, CoursePage],
    query: dict[str, str],
    found: list[str],
) -> None:
    assert sorted(titles(client, indexes["km"].url, **query)) == sorted(courses[name].title for name in found)


def test_khmer_is_found_however_it_is_coded(
    client: Client, indexes: dict[str, CourseIndexPage], courses: dict[str, CoursePage]
) -> None:
    course = make_course(indexes["km"], title="ស្ដីពីកណ្ដាល")
    index.insert_or_update_object(course)
    assert titles(client, indexes["km"].url, q="កណ្\u200bតាល") == [course.title]


def test_nothing_found_is_answered_with_the_nearest(
    client: Client, indexes: dict[str, CourseIndexPage], courses: dict[str, CoursePage]
) -> None:
    query = {"work": "letters", "time": "30", "q": "ថវិកា"}
    found = titles(client, indexes["km"].url, **query)
    assert found[0] == courses["letters"].title
    assert len(found) == 3
    page = client.get(indexes["km"].url, query).content.decode()
    assert "គ្មានវគ្គណាត្រូវទាំងអស់ទេ។" in page
    assert 'href="?work=letters&amp;time=30"' in page  # takes the words away, keeps the rest


@pytest.mark.parametrize("text", ['"', "%", "x" * 5000, "' OR 1=1 --", "a b c d e f g h i j", "\u200b"])
def test_any_text_may_be_asked(
    client: Client, indexes: dict[str, CourseIndexPage], courses: dict[str, CoursePage], text: str
) -> None:
    assert client.get(indexes["km"].url, {"q": text}).status_code == 200


def test_the_other_languages_catalogue_has_each_course_once(
    client: Client, indexes: dict[str, CourseIndexPage], courses: dict[str, CoursePage]
) -> None:
    assert sorted(titles(client, indexes["en"].url)) == sorted(
        ["Tables", "Only in English", courses["letters"].title, courses["budget"].title]
    )
    page = client.get(indexes["en"].url).content.decode()
    assert f'href="{courses["letters"].url}" lang="km">' in page


def test_one_goes_on_where_one_left(
    client: Client, indexes: dict[str, CourseIndexPage], courses: dict[str, CoursePage], learner: User
) -> None:
    course = courses["letters"]
    first, second = course.get_children().specific()[0], make_lesson(course, title="មេរៀនបន្ទាប់")
    address = indexes["km"].url
    client.force_login(learner)
    assert "កន្លែងដែលអ្នកឈប់" not in client.get(address).content.decode()
    complete_lesson(Learner(user=learner), lesson=first)
    page = client.get(address).content.decode()
    assert "កន្លែងដែលអ្នកឈប់" in page
    assert f'<a class="btn" href="{second.url}">' in page
    assert "កន្លែងដែលអ្នកឈប់" not in client.get(address, {"work": "tables"}).content.decode()
    complete_lesson(Learner(user=learner), lesson=second)
    assert "កន្លែងដែលអ្នកឈប់" not in client.get(address).content.decode()


def test_queries_stay_flat_with_filters_and_pages(
    client: Client, indexes: dict[str, CourseIndexPage], courses: dict[str, CoursePage], learner: User
) -> None:
    complete_lesson(Learner(user=learner), lesson=LessonPage.objects.get(title="វាយអក្សរ"))
    client.force_login(learner)
    address, counts = indexes["km"].url, []
    query = {"work": "letters", "time": "60", "size": "small", "lang": "km", "q": "ល"}
    for _round in range(2):
        for asked in ({}, query):
            client.get(address, asked)
            with CaptureQueriesContext(connection) as queries:
                client.get(address, asked)
            counts.append(len(queries))
        for number in range(25):
            course = make_course(indexes["km"], title=f"លិខិត {_round}.{number}", slug=str(uuid.uuid4()), minutes=9)
            make_lesson(course)
    print(f"\ncatalogue, signed in: {counts[0]} queries bare, {counts[1]} with every filter")
    assert counts[:2] == counts[2:]
    assert max(counts) <= SIGNED_IN
    first = client.get(address).content.decode()
    assert len(titles(client, address)) == 20
    cursor = re.search(r'href="\?(cursor=[^"]+)"', first)
    assert cursor
    assert not set(titles(client, address)) & set(titles(client, f"{address}?{cursor[1]}"))
