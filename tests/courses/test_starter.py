"""Starter files become pages once; loading again changes only what the files changed."""

import shutil
from pathlib import Path

import pytest
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Revision

from accounts.models import User
from courses.models import CourseIndexPage, CoursePage, LessonPage, Skill
from courses.services import load_starter_courses
from ui.pictures import find_pictures, show_picture
from ui.starter import StarterError

DATA = Path(__file__).parent / "data"
STARTER = Path(load_starter_courses.__code__.co_filename).parents[1] / "starter"
pytestmark = pytest.mark.django_db


def load(folder: Path = DATA) -> list[str]:
    lines: list[str] = []
    load_starter_courses(folder, lines.append)
    return lines


def test_both_languages_share_keys_and_ids(indexes: dict[str, CourseIndexPage]) -> None:
    assert load() == ["typing: 4 pages changed"]
    khmer, english = (LessonPage.objects.get(locale__language_code=code) for code in ("km", "en"))
    assert khmer.translation_key == english.translation_key
    assert khmer.get_parent().translation_key == english.get_parent().translation_key
    assert [block.id for block in khmer.body] == [block.id for block in english.body]
    for here, there in zip(khmer.questions, english.questions, strict=True):
        assert here.id == there.id
        choices = [[item.id for item in side.value["choices"].bound_blocks] for side in (here, there)]
        assert choices[0] == choices[1]
    assert english.questions[0].value["text"] == "Which one?"
    assert [link.skill.code for link in CoursePage.objects.get(title="Typing Khmer").skill_links.all()] == ["typing"]


def test_courses_stand_in_the_order_of_their_positions(indexes: dict[str, CourseIndexPage], tmp_path: Path) -> None:
    for name, position in (("typing", 2), ("writing", 1)):
        shutil.copytree(DATA / "typing", tmp_path / name)
        file = tmp_path / name / "course.yaml"
        file.write_text(file.read_text().replace("slug: typing", f"slug: {name}\nposition: {position}"))
    shutil.copy(DATA / "skills.yaml", tmp_path)
    assert load(tmp_path) == ["writing: 4 pages changed", "typing: 4 pages changed"]
    assert [page.slug for page in CoursePage.objects.child_of(indexes["km"]).order_by("path")] == ["writing", "typing"]


def test_loading_again_changes_nothing(indexes: dict[str, CourseIndexPage]) -> None:
    load()
    before = Revision.objects.count(), get_image_model().objects.count(), get_document_model().objects.count()
    assert load() == ["typing: as before"]
    after = Revision.objects.count(), get_image_model().objects.count(), get_document_model().objects.count()
    assert after == before
    assert before[1:] == (1, 2)


def test_a_changed_file_gives_one_new_revision(indexes: dict[str, CourseIndexPage], tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    load(tmp_path / "data")
    before = Revision.objects.count()
    file = tmp_path / "data" / "typing" / "01-keys.yaml"
    file.write_text(file.read_text().replace("en: Begin", "en: Start here"))
    assert load(tmp_path / "data") == ["typing: 1 pages changed"]
    assert Revision.objects.count() == before + 1
    lesson = LessonPage.objects.get(locale__language_code="en")
    assert lesson.body[0].value["text"] == "Start here"


def test_a_page_that_a_person_edited_is_left_alone(
    indexes: dict[str, CourseIndexPage], tmp_path: Path, stranger: User
) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    load(tmp_path / "data")
    lesson = LessonPage.objects.get(locale__language_code="en")
    lesson.title = "My own words"
    lesson.save_revision(user=stranger)
    file = tmp_path / "data" / "typing" / "01-keys.yaml"
    file.write_text(file.read_text().replace("en: Begin", "en: Start here"))
    assert load(tmp_path / "data") == ["typing: as before"]
    assert lesson.get_latest_revision_as_object().title == "My own words"


def test_a_wrong_file_is_named(indexes: dict[str, CourseIndexPage], tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data" / "typing" / "files" / "keys.svg").unlink()
    with pytest.raises(StarterError, match=r"keys\.svg: No such file"):
        load(tmp_path / "data")


def test_a_skill_is_renamed_in_place(indexes: dict[str, CourseIndexPage], tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    load(tmp_path / "data")
    file = tmp_path / "data" / "skills.yaml"
    file.write_text(file.read_text().replace("en: Typing", "en: Typing fast"))
    load(tmp_path / "data")
    assert list(Skill.objects.values_list("code", "name_en")) == [("typing", "Typing fast")]


def test_the_real_courses_load(indexes: dict[str, CourseIndexPage]) -> None:
    first = load(STARTER)
    assert all("pages changed" in line for line in first)
    assert [line for line in load(STARTER) if "as before" not in line] == []
    assert not CoursePage.objects.filter(may_be_copied=False).exists()


@pytest.mark.parametrize("name", ["cip-basics", "spreadsheets"])
def test_the_size_shown_is_about_what_a_phone_loads(
    name: str, indexes: dict[str, CourseIndexPage], client: Client, tmp_path: Path
) -> None:
    """Text, markup and pictures of a lesson whose style sheet the phone has already."""
    shutil.copytree(STARTER / name, tmp_path / name)
    shutil.copy(STARTER / "skills.yaml", tmp_path)
    load(tmp_path)
    lessons = list(LessonPage.objects.all())
    assert len(lessons) == 12
    for lesson in lessons:
        page = client.get(lesson.url, headers={"accept-encoding": "br"})
        assert page["Content-Encoding"] == "br"
        loaded = len(page.content) + sum(show_picture(image).bytes for image in find_pictures(lesson.body))
        assert lesson.byte_size == pytest.approx(loaded, rel=0.2), lesson.slug


def test_the_terms_of_the_certificate_are_read(indexes: dict[str, CourseIndexPage], tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    load(tmp_path / "data")
    terms = ("gives_certificate", "needs_task", "needs_confirmation")
    assert set(CoursePage.objects.values_list(*terms)) == {(False, False, False)}
    assert set(LessonPage.objects.values_list("is_optional", flat=True)) == {False}
    course, lesson = (tmp_path / "data" / "typing" / name for name in ("course.yaml", "01-keys.yaml"))
    course.write_text(course.read_text() + "certificate: {task: true, confirmation: false}\n")
    lesson.write_text(lesson.read_text() + "optional: true\n")
    assert load(tmp_path / "data") == ["typing: 4 pages changed"]
    assert list(CoursePage.objects.values_list(*terms)) == [(True, True, False)] * 2
    assert list(LessonPage.objects.values_list("is_optional", flat=True)) == [True, True]
