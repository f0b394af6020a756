"""What the pages of the learning part say."""

import gc
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from accounts.models import Organisation, User
from courses.models import CourseIndexPage, LessonPage, PublisherPage
from courses.querysets import Learner
from courses.services import complete_lesson, course_progress, load_starter_courses, set_up_publisher
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question, translate

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
# Wagtail leaves the spooled file of a new rendition to the garbage collector, which warns.
RENDERS = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def leftovers() -> Iterator[None]:
    """Collects those files where their warning is expected."""
    yield
    gc.collect()


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


@RENDERS
@pytest.mark.usefixtures("leftovers")
def test_a_raster_picture_goes_out_at_phone_width(client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    image = get_image_model()(title="wide", file=get_test_image_file("wide.png", size=(1600, 800)))
    image.save()
    value = {"image": image.pk, "alt": "ផ្លូវ", "caption": ""}
    body = [{"type": "picture", "value": value, "id": str(uuid.uuid4())} for _ in range(3)]
    lesson = make_lesson(make_course(indexes["km"]), body=body)
    sizes = {
        (rendition.width, rendition.height, rendition.url.rpartition(".")[2]) for rendition in image.renditions.all()
    }
    widths = ((320, 160), (480, 240), (720, 360), (960, 480))
    assert sizes == {(*size, kind) for size in widths for kind in ("avif", "webp")}
    avif = {each.width: each.url for each in image.renditions.filter(filter_spec__contains="avif")}
    webp = {each.width: each.url for each in image.renditions.filter(filter_spec__contains="webp")}
    page = client.get(lesson.url).content.decode()
    for kind in (avif, webp):
        assert 'srcset="' + ", ".join(f"{kind[width]} {width}w" for width, _height in widths) + '"' in page
    assert f'<img src="{webp[720]}"' in page
    assert 'width="720" height="360" alt="ផ្លូវ" loading="lazy"' in page
    phone = image.renditions.get(filter_spec__startswith="max-720x1080|format-avif").file.size
    assert 3 * phone < LessonPage.objects.get(pk=lesson.pk).byte_size < 3 * phone + 6000
    image.renditions.all().delete()
    image.file.storage.delete(image.file.name)
    assert client.get(lesson.url).status_code == 200


@RENDERS
@pytest.mark.usefixtures("leftovers")
def test_who_saves_data_opens_each_picture(client: Client, indexes: dict[str, CourseIndexPage], learner: User) -> None:
    load_starter_courses(DATA, lambda _line: None)
    lesson = LessonPage.objects.get(locale__language_code="en")
    client.force_login(learner)
    assert '<figure><img src="' in client.get(lesson.url).content.decode()
    learner.saves_data = True
    learner.save()
    saving = client.get(lesson.url).content.decode()
    assert "<img" not in saving
    assert '<figure><p>A keyboard</p><p class="btns"><a class="btn line" href="/media/' in saving
    assert "Show the picture, " in saving
    client.logout()
    assert '<figure><img src="' in client.get(lesson.url).content.decode()


@RENDERS
@pytest.mark.usefixtures("leftovers")
def test_the_admin_shows_vector_pictures(admin_client: Client, indexes: dict[str, CourseIndexPage]) -> None:
    load_starter_courses(DATA, lambda _line: None)
    assert admin_client.get(reverse("wagtailimages:index")).status_code == 200


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


def test_an_optional_lesson_is_not_needed_for_finishing(
    client: Client, indexes: dict[str, CourseIndexPage], learner: User
) -> None:
    course = make_course(indexes["km"])
    needed = make_lesson(course)
    make_lesson(course, is_optional=True)
    complete_lesson(Learner(user=learner), lesson=needed)
    progress = course_progress(Learner(user=learner), [course.translation_key])[course.translation_key]
    assert (progress.done, progress.total, len(progress.lines), progress.is_finished) == (1, 1, 2, True)
    client.force_login(learner)
    assert client.get(course.get_url()).content.decode().count("មិនចាំបាច់") == 1
