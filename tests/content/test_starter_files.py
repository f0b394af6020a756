"""The starter content keeps its format: both languages everywhere, known blocks, whole files."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.content.questions import assert_question, assert_text
from tests.content.starter import COURSES, HOME, LANGUAGES, ROOT, load, relative

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")
# What may keep Western digits: names of standards, quoted input, and codes, cells and formulas (a word with A-Z or =).
KEEPS_WESTERN_DIGITS = re.compile(
    r"\([A-Za-z0-9 ,]+\)|WCAG 2\.2|ODbL 1\.0|«[^»]*»|\S*[A-Za-z=]\S*"
    r"|\b[0-9]{7,8}\b|[\d,]{7,}|\d{4}-\d\d-\d\d\S*"
)
KHMER = re.compile("[\u1780-\u17ff]")
# English may quote a Khmer word, for a lesson on typing Khmer.
QUOTED = re.compile("“[^”]*”")
# Chuon Nath spelling: these words take the subscript DA, which looks the same as the subscript TA.
SUBSCRIPT_DA = re.compile("(ណ្ត|ផ្ត|ម្ត(?!ិ)|សេចក្ត|ប្តូ|ប្តា|ស្តាប់|ស្តី|ស្តាំ|ស្តែង|ប្តេជ្ញា)")
# Thousands stand apart by a space that does not break: a plain one would leave half a sum on the next line.
SPLIT_NUMBER = re.compile("(?<![0-9០-៩])[0-9០-៩]{1,3}(?: [0-9០-៩]{3})+(?![0-9០-៩])")
EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")

TEXT_FIELDS: dict[str, tuple[str, ...]] = {
    "heading": ("text",),
    "text": ("text",),
    "key_term": ("term", "meaning"),
    "steps": ("title",),
    "table": ("caption",),
    "picture": ("alt", "caption"),
    "warning": ("text",),
    "example": ("title", "text"),
    "quote": ("text", "source"),
    "download": ("title", "description"),
    "practice": (),
    "guide": ("text",),
    "planning_year": ("text",),
}
OTHER_FIELDS: dict[str, set[str]] = {
    "steps": {"items"},
    "table": {"header", "rows"},
    "picture": {"file"},
    "download": {"file"},
    "practice": {"question"},
    "guide": {"guide"},
}


def all_files() -> list[Path]:
    folders = ("courses", "home", "volunteers", "forums")
    return sorted(p for folder in folders for p in (ROOT / folder / "starter").rglob("*.yaml"))


def lesson_files() -> list[Path]:
    return sorted(p for p in COURSES.glob("*/*.yaml") if p.name != "course.yaml")


def course_files() -> list[Path]:
    return sorted(COURSES.glob("*/course.yaml"))


def page_files() -> list[Path]:
    return sorted([*HOME.glob("guides/*.yaml"), *HOME.glob("pages/*.yaml")])


def texts(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of languages below a node."""
    if isinstance(node, dict):
        if LANGUAGES & set(node):
            yield node
        else:
            for value in node.values():
                yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


def codes(name: str) -> set[str]:
    return {row["code"] for row in load(COURSES / name)}


def assert_blocks(blocks: list[dict[str, Any]], folder: Path) -> None:
    assert blocks
    for block in blocks:
        kind = block["type"]
        assert kind in TEXT_FIELDS, kind
        assert set(block) == {"type", *TEXT_FIELDS[kind], *OTHER_FIELDS.get(kind, set())}, block
        for name in TEXT_FIELDS[kind]:
            assert_text(block[name])
        if kind == "steps":
            assert len(block["items"]) >= 2
            for item in block["items"]:
                assert_text(item)
        elif kind == "table":
            assert_table(block)
        elif kind == "picture":
            assert (folder / block["file"]).is_file(), block["file"]
        elif kind == "download":
            assert set(block["file"]) == LANGUAGES
            assert all((folder / name).is_file() for name in block["file"].values()), block["file"]
        elif kind == "practice":
            assert_question(block["question"])
        elif kind == "guide":
            assert (HOME / "guides" / f"{block['guide']}.yaml").is_file(), block["guide"]


def assert_table(block: dict[str, Any]) -> None:
    for column in block["header"]:
        assert_text(column)
    assert block["rows"]
    for row in block["rows"]:
        assert len(row) == len(block["header"]), row
        for cell in row:
            if not isinstance(cell, str):
                assert_text(cell)
            else:
                assert not KHMER.search(cell), f"{cell} needs both languages"


@pytest.mark.parametrize("path", all_files(), ids=relative)
def test_every_text_is_there_in_both_languages(path: Path) -> None:
    found = list(texts(load(path)))
    assert found
    for text in found:
        if set(text.values()) and all(str(value).startswith("files/") for value in text.values()):
            continue
        assert_text(text)
        assert KHMER.search(text["km"]) or text["km"] == text["en"] or re.fullmatch(r"[\W\dA-Z=()]+", text["km"]), text
        assert not KHMER.search(QUOTED.sub("", text["en"])), text
        assert text["km"].count("\n\n") == text["en"].count("\n\n"), text
        for value in text.values():
            assert value == value.strip()
            assert not re.search(r"(?<!\n)\n(?!\n)", value), f"a lone line break in {value}"
            assert value.count("**") % 2 == 0, value


@pytest.mark.parametrize("path", all_files(), ids=relative)
def test_the_characters_are_clean(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    assert raw == unicodedata.normalize("NFC", raw)
    assert not INVISIBLE.findall(raw)
    assert not EMOJI.findall(raw)
    assert not SUBSCRIPT_DA.findall(raw)
    assert not SPLIT_NUMBER.findall(raw)
    assert "\t" not in raw


@pytest.mark.parametrize("path", all_files(), ids=relative)
def test_digits_in_khmer_sentences_are_khmer(path: Path) -> None:
    for text in texts(load(path)):
        if KHMER.search(text["km"]) and " | " not in text["km"]:
            assert not re.findall(r"[0-9]", KEEPS_WESTERN_DIGITS.sub("", text["km"])), text["km"]


@pytest.mark.parametrize("path", course_files(), ids=relative)
def test_a_course_lists_its_lessons_and_skills(path: Path) -> None:
    course = load(path)
    stems = [p.stem for p in lesson_files() if p.parent == path.parent]
    needed = {"slug", "position", "title", "summary", "intro", "icon", "minutes", "skills", "lessons"}
    assert needed <= set(course) <= needed | {"work", "prerequisites", "certificate", "checks"}
    assert course["slug"] == path.parent.name
    assert course["lessons"] == stems
    assert 4 <= len(stems) <= 8
    assert course["skills"]
    assert set(course["skills"]) <= codes("skills.yaml")
    assert course["minutes"] == sum(load(path.parent / f"{stem}.yaml")["minutes"] for stem in stems)


# The room that the editors' fields give; a starter text that is longer could not be saved again in the admin.
ROOM = {
    "heading.text": 120,
    "key_term.term": 80,
    "steps.title": 120,
    "table.caption": 200,
    "picture.alt": 300,
    "picture.caption": 200,
    "example.title": 120,
    "quote.source": 200,
    "download.title": 120,
    "download.description": 300,
}


@pytest.mark.parametrize("path", [*lesson_files(), *page_files()], ids=relative)
def test_texts_fit_the_fields_of_the_editor(path: Path) -> None:
    page = load(path)
    assert all(len(page[name][lang]) <= 255 for name in ("title", "summary") for lang in LANGUAGES)
    for block in page["body"]:
        for name in TEXT_FIELDS[block["type"]]:
            room = ROOM.get(f"{block['type']}.{name}", 5000)
            assert all(len(text) <= room for text in block[name].values()), block[name]


@pytest.mark.parametrize("path", lesson_files(), ids=relative)
def test_a_lesson_teaches_shows_and_gives_something_to_take_away(path: Path) -> None:
    lesson = load(path)
    needed = {"slug", "title", "summary", "minutes", "body", "quiz"}
    assert needed <= set(lesson) <= needed | {"section", "optional", "task"}
    assert re.fullmatch(r"\d\d-" + re.escape(lesson["slug"]), path.stem)
    assert 6 <= lesson["minutes"] <= 12
    assert_blocks(lesson["body"], path.parent)
    kinds = {block["type"] for block in lesson["body"]}
    assert {"text", "key_term", "steps", "example", "download"} <= kinds
    assert kinds & {"table", "picture"}


@pytest.mark.parametrize("path", course_files(), ids=relative)
def test_a_course_names_all_its_files(path: Path) -> None:
    lessons = [load(path.parent / f"{stem}.yaml") for stem in load(path)["lessons"]]
    blocks = [block for lesson in lessons for block in lesson["body"]]
    named = {path.parent / block["file"] for block in blocks if block["type"] == "picture"}
    downloads = [block["file"] for block in blocks if block["type"] == "download"]
    downloads += [lesson["task"]["template"]["file"] for lesson in lessons if "template" in lesson.get("task", {})]
    named |= {path.parent / name for files in downloads for name in files.values()}
    assert named == set((path.parent / "files").iterdir())


@pytest.mark.parametrize("path", lesson_files(), ids=relative)
def test_the_questions_keep_their_rules(path: Path) -> None:
    quiz = load(path)["quiz"]
    needed = {"pass_mark", "questions"}
    assert needed <= set(quiz) <= needed | {"draw", "attempt_limit", "wait_minutes", "hide_answers"}
    assert 1 <= quiz["pass_mark"] <= 100
    assert 3 <= len(quiz["questions"]) <= 5
    for question in quiz["questions"]:
        assert_question(question)


@pytest.mark.parametrize("path", lesson_files(), ids=relative)
def test_a_lesson_asks_at_least_three_kinds_of_question(path: Path) -> None:
    assert len({question["type"] for question in load(path)["quiz"]["questions"]}) >= 3


@pytest.mark.parametrize("path", course_files(), ids=relative)
def test_the_two_checks_of_a_course_run_in_parallel(path: Path) -> None:
    checks = load(path).get("checks", {"a": [], "b": []})
    assert set(checks) == {"a", "b"}
    assert [question["type"] for question in checks["a"]] == [question["type"] for question in checks["b"]]
    assert len(checks["a"]) in (0, 4)
    for question in checks["a"] + checks["b"]:
        assert_question(question)


@pytest.mark.parametrize("path", course_files(), ids=relative)
def test_a_practical_task_can_be_judged(path: Path) -> None:
    course = load(path)
    tasks = [task for stem in course["lessons"] if (task := load(path.parent / f"{stem}.yaml").get("task"))]
    assert tasks or not course.get("certificate", {}).get("task")
    for task in tasks:
        assert task["kind"] in {"letter", "minutes", "project_list", "cash_book", "poster", "other"}
        assert task["confirm"] in {"facilitator", "clerk", "either"}
        assert 3 <= len(task["rubric"]) <= 6
        for text in (task["title"], task["instructions"], *(criterion["text"] for criterion in task["rubric"])):
            assert_text(text)


def test_every_kind_of_commune_work_is_practised() -> None:
    kinds = {task["kind"] for path in lesson_files() if (task := load(path).get("task"))}
    assert {"letter", "minutes", "project_list", "cash_book", "poster"} <= kinds


def test_the_course_on_planning_teaches_social_accountability() -> None:
    lessons = load(COURSES / "cip-basics" / "course.yaml")["lessons"]
    assert lessons[-2:] == ["05-social-accountability", "06-help-others-be-heard"]


@pytest.mark.parametrize("path", course_files(), ids=relative)
def test_the_right_answer_is_not_always_in_the_same_place(path: Path) -> None:
    lessons = [load(path.parent / f"{stem}.yaml") for stem in load(path)["lessons"]]
    questions = [q for lesson in lessons for q in lesson["quiz"]["questions"] if q["type"] == "single"]
    places = [[choice["right"] for choice in q["choices"]].index(True) for q in questions]
    assert len(set(places)) >= 3
    assert max(places.count(place) for place in places) <= len(places) * 0.6


@pytest.mark.parametrize("path", course_files(), ids=relative)
def test_nor_in_the_checks_before_and_after(path: Path) -> None:
    checks = load(path).get("checks", {"a": [], "b": []})
    questions = [question for form in checks.values() for question in form if question["type"] == "single"]
    places = [[choice["right"] for choice in question["choices"]].index(True) for question in questions]
    assert len(set(places)) >= min(len(places), 2)
    assert all(places.count(place) <= max(1, len(places) * 0.6) for place in places)


@pytest.mark.parametrize("path", page_files(), ids=relative)
def test_guides_and_pages_are_whole(path: Path) -> None:
    page = load(path)
    extra = {"minutes", "sources"} if path.parent.name == "guides" else set()
    assert set(page) == {"slug", "title", "summary", "body"} | extra
    assert path.stem.removeprefix(path.stem[:3] if extra else "") == page["slug"]
    assert_blocks(page["body"], path.parent)


def test_the_promised_pages_exist() -> None:
    pages = {p.stem for p in HOME.glob("pages/*.yaml")}
    assert pages == {"about", "help", "privacy", "accessibility", "open-data", "publish"}


def test_skills_have_unique_codes() -> None:
    skills = load(COURSES / "skills.yaml")
    assert len(codes("skills.yaml")) == len(skills) == 10
    assert all(set(skill) == {"code", "name", "description"} for skill in skills)


def test_request_templates_point_to_what_exists() -> None:
    templates = load(ROOT / "volunteers" / "starter" / "templates.yaml")
    courses = {path.parent.name for path in course_files()}
    assert len({row["code"] for row in templates}) == len(templates) == 13
    for row in templates:
        assert set(row["skills"]) <= codes("skills.yaml")
        assert set(row["courses"]) <= courses
        assert len(row["questions"]) <= 3
        assert row["minimum_age"] >= 15
        assert 0 <= row["remote_share"] <= 100
        assert row["tasks"]
        assert row["hours_per_week"] <= 8
        assert row["weeks"] <= 12
        if row["minimum_age"] < 18:
            assert "Daytime only" in row["safeguards"]["en"]


def test_general_boards_open_with_a_welcome() -> None:
    boards = load(ROOT / "forums" / "starter" / "boards.yaml")
    assert len({board["slug"] for board in boards}) == len(boards) == 2
    assert all(set(board["welcome"]) == {"title", "body"} for board in boards)


def test_survey_figures_are_those_of_the_study() -> None:
    survey = load(HOME / "home.yaml")["survey"]
    assert {row["code"]: row["value"] for row in survey} == {"heard": 65, "invited": 60, "joined": 45, "input": 40}


@pytest.mark.parametrize("path", sorted(COURSES.glob("*/files/*.svg")), ids=relative)
def test_drawings_are_small_wordless_and_follow_the_theme(path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    root = ET.fromstring(raw)  # noqa: S314 (our own file)
    assert root.tag.endswith("svg")
    assert root.get("viewBox")
    assert len(raw.encode()) < 6000
    assert "currentColor" in raw
    assert "style" not in raw
    assert "script" not in raw
    assert not KHMER.search(raw)


@pytest.mark.parametrize("path", sorted(COURSES.glob("*/files/*.docx")), ids=relative)
def test_word_files_are_whole(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        document = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314 (our own file)
    text = "".join(document.itertext())
    assert bool(KHMER.search(text)) == path.name.endswith(".km.docx")
    assert path.stat().st_size < 60_000


def test_what_comes_before_a_course_stands_before_it() -> None:
    courses = {path.parent.name: load(path) for path in COURSES.glob("*/course.yaml")}
    places = {name: course["position"] for name, course in courses.items()}
    assert sorted(places.values()) == list(range(1, len(courses) + 1))
    late = [
        (name, earlier)
        for name, course in courses.items()
        for earlier in course.get("prerequisites") or []
        if places[earlier] >= places[name]
    ]
    assert late == []
