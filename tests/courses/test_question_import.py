"""Questions from a spreadsheet and from pasted text: every kind, every mistake by its place, into the draft only."""

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from openpyxl import Workbook

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses.enums import QuestionKind
from courses.models import CourseIndexPage, LessonPage, PublisherPage
from courses.services import set_up_publisher
from courses.services.question_import import Found, append_questions, check_found
from courses.services.question_tables import COLUMNS, EXAMPLES, read_table
from courses.services.question_words import read_words
from tests.factories.accounts import MembershipFactory, NgoFactory
from tests.factories.courses import make_course, make_lesson, make_question, translate

pytestmark = pytest.mark.django_db
TEXT = """? ក្តារចុចណា? || Which key?
+ Backspace // ត្រូវ || Backspace // Right
- Enter || Enter
> មើលស្ដាំ || Look right
! ព្រោះ || Because

? ពីរណា? || Which two?
+ ក || A
+ ខ || B
- គ || C
! ព្រោះ || Because

[several]
? តែមួយ? || Only one?
+ ក || A
- ខ || B
! ព្រោះ || Because

? លំដាប់ || Order
1. បើក || Open
២. បិទ || Close
! ព្រោះ || Because

? ៣២ លាន? || 32 million?
= ៣២ ០០០ ០០០ ± 500 រៀល || 32,000,000 ± 500 riel
! ព្រោះ || Because

? រូបមន្ត? || Formula?
~ =SUM(D2:D7)
! ព្រោះ || Because

? ផ្គូ || Match
& ឃុំ | មេឃុំ || Commune | chief
& ភូមិ | មេភូមិ || Village | village chief
! ព្រោះ || Because
"""


@pytest.fixture
def section(indexes: dict[str, CourseIndexPage], ngo: Organisation) -> dict[str, PublisherPage]:
    return set_up_publisher(ngo)


@pytest.fixture
def author(ngo: Organisation, section: dict[str, PublisherPage]) -> User:
    user: User = MembershipFactory.create(organisation=ngo, role=MembershipRole.AUTHOR).user
    return user


@pytest.fixture
def lesson(section: dict[str, PublisherPage]) -> LessonPage:
    return make_lesson(make_course(section["km"]), [make_question()])


@pytest.fixture
def twin(lesson: LessonPage, section: dict[str, PublisherPage]) -> LessonPage:
    course = translate(lesson.get_parent().specific, section["en"])
    twin: LessonPage = translate(lesson, course)
    return twin


@pytest.fixture
def desk(author: User) -> Client:
    client = Client()
    client.force_login(author)
    return client


def xlsx(rows: list[list[Any]], *, formula: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str) and cell.value.startswith("=") and not formula:
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def examples() -> list[list[Any]]:
    return [list(COLUMNS), *([example.get(name, "") for name in COLUMNS] for example in EXAMPLES)]


def table(*rows: dict[str, Any]) -> bytes:
    return xlsx([list(COLUMNS), *([row.get(name, "") for name in COLUMNS] for row in rows)])


def troubles(found: Found) -> list[str]:
    return [trouble.where for trouble in found.troubles]


def draft_of(page: LessonPage) -> list[dict[str, Any]]:
    draft = LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    data: list[dict[str, Any]] = json.loads(LessonPage._meta.get_field("questions").value_to_string(draft))
    return data


def test_text_of_every_kind_is_understood(lesson: LessonPage) -> None:
    found = check_found(read_words(TEXT, "km"), lesson)
    assert found.troubles == []
    assert [draft.question["type"] for draft in found.drafts] == [
        "single", "several", "several", "order", "number", "short", "match"
    ]  # fmt: skip
    number = found.drafts[4].question
    assert (number["answer"], number["tolerance"], number["unit"]) == ("32000000", "500", {"km": "រៀល", "en": "riel"})
    assert found.drafts[0].question["choices"][0] == {
        "text": {"km": "Backspace", "en": "Backspace"},
        "right": True,
        "feedback": {"km": "ត្រូវ", "en": "Right"},
    }
    assert [draft.where.split()[-1] for draft in found.drafts] == ["1", "7", "13", "19", "24", "28", "32"]


def test_words_in_one_language_are_the_pages(lesson: LessonPage) -> None:
    found = check_found(read_words("? សំណួរ\n+ ក\n- ខ\n! ព្រោះ", "km"), lesson)
    assert (found.troubles, found.drafts[0].question["text"]) == ([], {"km": "សំណួរ", "en": ""})


def test_a_part_that_is_missing_is_named(lesson: LessonPage) -> None:
    with override("en"):
        found = check_found(read_words("? a\n+ b\n- c", "km"), lesson)
    assert [trouble.what for trouble in found.troubles] == ["Why: This field is required."]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("? a\n- b\n- c\n! d", "1"),
        ("? a\n+ b\n- b\n! d", "1"),
        ("? a\n+ b\n- c", "1"),
        ("\n\n? a\n+ b\nwhat\n- c\n! d", "5"),
        ("+ b\n- c\n! d", "1"),
        ("? a\n! d", "1"),
        ("? a\n= many\n! d", "2"),
        ("? a\n& b\n& c | d\n! e", "2"),
        ("? " + "a" * 500 + "\n+ b\n- c\n! d", "1"),
        ("", ""),
    ],
)
def test_mistakes_in_text_are_told_by_line(lesson: LessonPage, text: str, line: str) -> None:
    found = check_found(read_words(text, "km"), lesson)
    assert line in troubles(found)[0]


def test_the_template_is_read_back_in_both_forms(lesson: LessonPage, desk: Client) -> None:
    for extension in ("xlsx", "csv"):
        response = desk.get(reverse("question-template", args=[extension]))
        content = b"".join(response.streaming_content) if response.streaming else response.content
        found = check_found(read_table(content, "x"), lesson)
        assert found.troubles == []
        assert [draft.question["type"] for draft in found.drafts] == list(QuestionKind.values)
        assert found.drafts[4].question["accepted"] == [{"km": "=SUM(D2:D7)", "en": "=SUM(D2:D7)"}]
    assert desk.get(reverse("question-template", args=["exe"])).status_code == 404


GOOD = {"kind": "single", "question_km": "ក", "answer1_km": "ខ", "answer2_km": "គ", "right": "1", "why_km": "ឃ"}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "guess"}, "3"),
        ({"right": ""}, "3"),
        ({"right": "5"}, "3"),
        ({"right": "1,2"}, "3"),
        ({"why_km": ""}, "3"),
        ({"answer2_km": "ខ"}, "3"),
        ({"kind": "number", "answer1_km": "many"}, "3"),
        ({"kind": "match"}, "3"),
    ],
)
def test_mistakes_in_a_table_are_told_by_row(lesson: LessonPage, change: dict[str, str], where: str) -> None:
    found = check_found(read_table(table(GOOD, {**GOOD, **change}), "x.xlsx"), lesson)
    assert [where in place for place in troubles(found)] == [True]


def test_formulas_are_refused_with_their_cell(lesson: LessonPage) -> None:
    content = xlsx([["kind", "question_km"], ["single", "=A1"], ["=1+1", "x"]], formula=True)
    assert troubles(read_table(content, "x.xlsx")) == ["B2", "A3"]
    assert troubles(read_table(b"kind,question_km\nsingle,=A1\n", "x.csv")) == ["B2"]


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"PK\x03\x04xx", b"\xff\xfe\x00", b"a,b\n1,2\n", b"kind\nx\n"])
def test_what_is_no_table_is_refused(lesson: LessonPage, content: bytes) -> None:
    assert len(check_found(read_table(content, "x.xlsx"), lesson).troubles) == 1


def test_unknown_columns_are_named(lesson: LessonPage) -> None:
    found = read_table(b"kind,question_km,colour\nsingle,a,b\n", "x.csv")
    assert "colour" in found.troubles[0].what


def test_questions_come_after_those_there_in_both_languages(lesson: LessonPage, twin: LessonPage, author: User) -> None:
    found = read_words(TEXT, "km")
    pages = append_questions(lesson, [draft.question for draft in found.drafts], by=author, batch="1")
    assert pages == [lesson, twin]
    here, there = draft_of(lesson), draft_of(twin)
    assert ([one["id"] for one in here], len(here)) == ([one["id"] for one in there], 8)
    assert (here[1]["value"]["text"], there[1]["value"]["text"]) == ("ក្តារចុចណា?", "Which key?")
    lesson.refresh_from_db()
    assert (len(lesson.questions), lesson.live, lesson.has_unpublished_changes) == (1, True, True)


def test_twice_the_same_text_has_other_ids(lesson: LessonPage, author: User) -> None:
    questions = [draft.question for draft in read_words("? ក\n+ ខ\n- គ\n! ឃ", "km").drafts]
    for batch in ("1", "2", "2"):
        append_questions(lesson, questions, by=author, batch=batch)
    assert len({one["id"] for one in draft_of(lesson)}) == len(draft_of(lesson)) == 3


def test_on_the_screen_with_a_preview(desk: Client, lesson: LessonPage) -> None:
    address = reverse("question-import", args=[lesson.pk])
    shown = desk.post(address, {"words": TEXT})
    assert (shown.status_code, len(draft_of(lesson))) == (200, 1)
    file = SimpleUploadedFile("questions.xlsx", xlsx(examples()))
    confirm = desk.post(address, {"file": file}).context["confirm"]
    for _press in range(2):
        assert desk.post(address, {"confirm": confirm}).status_code == 302
    assert len(draft_of(lesson)) == 7
    other = make_lesson(lesson.get_parent().specific)
    desk.post(reverse("question-import", args=[other.pk]), {"confirm": confirm})
    desk.post(address, {"confirm": confirm + "x"})
    assert (len(draft_of(other)), len(draft_of(lesson))) == (0, 7)


def test_mistakes_leave_nothing_to_confirm(desk: Client, lesson: LessonPage) -> None:
    address = reverse("question-import", args=[lesson.pk])
    response = desk.post(address, {"words": "? a\n- b\n- c\n! d"})
    assert ("confirm" in response.context, len(response.context["found"].troubles)) == (False, 1)
    assert desk.post(address, {}).context["form"].is_valid() is False


def test_nobody_adds_to_anothers_lesson(desk: Client, lesson: LessonPage) -> None:
    foreign = make_lesson(make_course(set_up_publisher(NgoFactory.create())["km"]))
    response = desk.post(reverse("question-import", args=[foreign.pk]), {"words": TEXT})
    assert response["Location"] == reverse("wagtailadmin_home")
