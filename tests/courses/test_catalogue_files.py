"""Sections, commune work, prerequisites, practice questions and guide links come from the starter files."""

import shutil
from pathlib import Path

import pytest
import yaml

from courses.models import CourseIndexPage, CoursePage, LessonPage
from courses.services import load_starter_courses
from home.services.starter import load_guides, load_homes
from ui.starter import StarterError, make_id

DATA = Path(__file__).parent / "data"
pytestmark = pytest.mark.django_db
PRACTICE = {
    "type": "practice",
    "question": {
        "type": "single",
        "text": {"km": "តើមួយណា?", "en": "Which?"},
        "explanation": {"km": "ព្រោះ", "en": "Because"},
        "choices": [
            {"text": {"km": "ក", "en": "A"}, "right": True, "feedback": {"km": "បាទ", "en": "Yes"}},
            {"text": {"km": "ខ", "en": "B"}, "right": False, "feedback": {"km": "ទេ", "en": "No"}},
        ],
    },
}
GUIDE = {"type": "guide", "guide": "02-the-year-of-the-cip", "text": {"km": "អានមុន", "en": "Read it first"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two courses: `typing`, and `letters` that is better after it."""
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copytree(tmp_path / "data" / "typing", tmp_path / "data" / "letters")
    change(
        tmp_path / "data" / "letters" / "course.yaml",
        slug="letters",
        work="letters",
        prerequisites=["typing"],
    )
    lesson = tmp_path / "data" / "letters" / "01-keys.yaml"
    body = yaml.safe_load(lesson.read_text())["body"]
    change(lesson, section={"km": "ផ្នែកទី១", "en": "Part 1"}, body=[*body, PRACTICE, GUIDE, body[0]])
    return tmp_path / "data"


def change(path: Path, **fields: object) -> None:
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text()) | fields, allow_unicode=True))


def load(folder: Path) -> list[str]:
    lines: list[str] = []
    load_starter_courses(folder, lines.append)
    return lines


def test_what_the_files_say_of_a_course(indexes: dict[str, CourseIndexPage], folder: Path) -> None:
    load(folder)
    for page in CoursePage.objects.filter(slug="letters"):
        assert page.work == "letters"
        assert [need.course_key for need in page.prerequisites.all()] == [make_id("courses/typing")]
    lessons = LessonPage.objects.filter(translation_key=make_id("courses/letters/01-keys")).order_by("path")
    assert {lesson.locale.language_code: lesson.section for lesson in lessons} == {"km": "ផ្នែកទី១", "en": "Part 1"}
    assert load(folder) == ["letters: as before", "typing: as before"]


def test_a_practice_question_is_the_same_in_both_languages(indexes: dict[str, CourseIndexPage], folder: Path) -> None:
    load(folder)
    lessons = LessonPage.objects.filter(translation_key=make_id("courses/letters/01-keys"))
    practices = [
        block.value["question"][0] for lesson in lessons for block in lesson.body if block.block_type == "practice"
    ]
    assert {practice.id for practice in practices} == {str(make_id("courses/letters/01-keys/body/10/question/0"))}
    assert [practice.block_type for practice in practices] == ["single", "single"]


def test_a_guide_is_linked_once_it_is_loaded(folder: Path) -> None:
    homes = load_homes()
    load(folder)
    key = make_id("courses/letters/01-keys")
    before = [
        block.block_type for block in LessonPage.objects.get(translation_key=key, locale__language_code="en").body
    ]
    assert before[-2:] == ["practice", "heading"]
    load_guides(homes)
    assert load(folder) == ["letters: 2 pages changed", "typing: as before"]
    after = LessonPage.objects.get(translation_key=key, locale__language_code="en").body
    assert [block.block_type for block in after][-3:] == ["practice", "guide", "heading"]
    assert after[11].value["guide"].slug == "the-year-of-the-cip"
    assert after[11].value["guide"].locale.language_code == "en"
    assert after[12].id == str(make_id("courses/letters/01-keys/body/12"))


def test_an_unknown_prerequisite_is_named(indexes: dict[str, CourseIndexPage], folder: Path) -> None:
    change(folder / "letters" / "course.yaml", prerequisites=["swimming"])
    with pytest.raises(StarterError, match=r"letters/course\.yaml: unknown prerequisites swimming"):
        load(folder)
