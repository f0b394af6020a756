"""The practical task of a lesson comes from its file, with ids that both languages share."""

import shutil
from pathlib import Path

import pytest
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from courses.models import CourseIndexPage, LessonPage
from courses.services import load_starter_courses
from ui.starter import StarterError

DATA = Path(__file__).parent / "data"
pytestmark = pytest.mark.django_db


def load(folder: Path) -> None:
    load_starter_courses(folder, list[str]().append)


def test_both_languages_have_the_task(indexes: dict[str, CourseIndexPage]) -> None:
    load(DATA)
    khmer, english = (LessonPage.objects.get(locale__language_code=code) for code in ("km", "en"))
    assert (khmer.has_task, english.has_task) == (True, True)
    here, there = khmer.task[0], english.task[0]
    assert here.id == there.id
    assert [each.id for each in here.value["rubric"].bound_blocks] == [
        each.id for each in there.value["rubric"].bound_blocks
    ]
    assert (there.value["kind"], there.value["confirm"]) == ("letter", "either")
    assert there.value["title"] == "Write a letter"
    assert there.value["instructions"] == "Write a letter of **one page**\n\nThen take a photo"
    assert (there.value["template_title"], there.value["template"].file_extension) == ("Letter template", "csv")
    assert [(each["text"], each["required"]) for each in there.value["rubric"]] == [
        ("It has the national header", True),
        ("It has the date", True),
        ("The spelling is right", False),
    ]


def test_a_lesson_without_a_task_has_none(indexes: dict[str, CourseIndexPage], tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    file = tmp_path / "data" / "typing" / "01-keys.yaml"
    file.write_text(file.read_text().partition("task:\n")[0])
    load(tmp_path / "data")
    assert [(page.has_task, len(page.task)) for page in LessonPage.objects.all()] == [(False, 0), (False, 0)]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("kind: letter", "kind: novel", "'novel' is not a valid TaskKind"),
        ("confirm: either", "confirm: nobody", "'nobody' is not a valid Confirmer"),
        ("  rubric:", "  criteria:", "the task lacks 'rubric'"),
    ],
)
def test_a_wrong_task_is_named(
    indexes: dict[str, CourseIndexPage], tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    file = tmp_path / "data" / "typing" / "01-keys.yaml"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(StarterError, match=complaint):
        load(tmp_path / "data")


def is_task_word(segment: object) -> bool:
    return isinstance(segment, StringSegmentValue) and segment.path.startswith("task.")


def test_every_word_of_a_task_is_translated_with_the_lesson(indexes: dict[str, CourseIndexPage]) -> None:
    load(DATA)
    english = LessonPage.objects.get(locale__language_code="en")
    words = {segment.string.data for segment in extract_segments(english) if is_task_word(segment)}
    assert words == {
        "Write a letter",
        "Write a letter of **one page**<br/><br/>Then take a photo",
        "Letter template",
        "It has the national header",
        "It has the date",
        "The spelling is right",
    }
