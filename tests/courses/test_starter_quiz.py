"""Quizzes of the starter files: every kind, the rules, the checks before and after."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from courses.models import CourseIndexPage, CoursePage, LessonPage
from courses.services import load_starter_courses
from courses.services.starter_quiz import to_questions
from ui.starter import StarterError

DATA = Path(__file__).parent / "data"
pytestmark = pytest.mark.django_db


def words(text: str) -> dict[str, str]:
    return {"km": f"{text} ក", "en": f"{text} a"}


def asked(kind: str, **parts: Any) -> dict[str, Any]:
    return {"type": kind, "text": words(kind), "explanation": words("why"), **parts}


QUESTIONS = [
    asked("single", choices=[{"text": words("x"), "right": True}, {"text": words("y")}]),
    asked("number", answer="32000000", tolerance="0.5", unit={"km": "រៀល", "en": "riel"}),
    asked("short", accepted=["=SUM(D2:D7)", words("sum")]),
    asked("match", pairs=[{"left": words(f"l{n}"), "right": words(f"r{n}")} for n in range(3)]),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    lesson, course = (tmp_path / "data" / "typing" / name for name in ("01-keys.yaml", "course.yaml"))
    rules = {"draw": 3, "attempt_limit": 2, "wait_minutes": 60, "hide_answers": True}
    source = yaml.safe_load(lesson.read_text()) | {"quiz": {"pass_mark": 70, "questions": QUESTIONS, **rules}}
    lesson.write_text(yaml.safe_dump(source, allow_unicode=True))
    checks = {"checks": {"a": QUESTIONS[:2], "b": QUESTIONS[2:]}}
    course.write_text(yaml.safe_dump(yaml.safe_load(course.read_text()) | checks, allow_unicode=True))
    return tmp_path / "data"


def load(folder: Path) -> list[str]:
    lines: list[str] = []
    load_starter_courses(folder, lines.append)
    return lines


def test_every_kind_and_rule_is_loaded_once(indexes: dict[str, CourseIndexPage], folder: Path) -> None:
    assert load(folder) == ["typing: 4 pages changed"]
    assert load(folder) == ["typing: as before"]
    khmer, english = (LessonPage.objects.get(locale__language_code=code) for code in ("km", "en"))
    assert [child.block_type for child in khmer.questions] == ["single", "number", "short", "match"]
    assert [child.id for child in khmer.questions] == [child.id for child in english.questions]
    assert (khmer.draw, khmer.attempt_limit, khmer.wait_minutes, khmer.hide_answers) == (3, 2, 60, True)
    assert (khmer.question_count, khmer.pass_mark) == (3, 70)
    assert english.questions[1].value["unit"] == "riel"
    assert list(english.questions[2].value["accepted"]) == ["=SUM(D2:D7)", "sum a"]
    assert khmer.questions[3].value["pairs"][1]["right"] == "r1 ក"


def test_checks_are_loaded_onto_the_course(indexes: dict[str, CourseIndexPage], folder: Path) -> None:
    load(folder)
    khmer, english = (CoursePage.objects.get(locale__language_code=code) for code in ("km", "en"))
    assert [child.block_type for child in khmer.form_a] == ["single", "number"]
    assert [child.block_type for child in english.form_b] == ["short", "match"]
    assert [child.id for child in khmer.form_a] == [child.id for child in english.form_a]
    assert {child.id for child in khmer.form_a} & {child.id for child in khmer.form_b} == set()
    assert khmer.check_count == 2


@pytest.mark.parametrize("question", [{"type": "essay"}, asked("number"), asked("number", answer="many")])
def test_a_question_that_cannot_be_read_is_named(question: dict[str, Any]) -> None:
    with pytest.raises(StarterError, match="courses/x/quiz/0"):
        to_questions([question], "km", "courses/x/quiz")
