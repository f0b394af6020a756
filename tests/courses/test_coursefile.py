"""A course as one file: out and in without loss, and every bad file refused with what and where."""

import io
import json
import uuid
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from courses.models import CourseIndexPage, CoursePage, LessonPage, PublisherPage, QuestionBankPage
from courses.services import coursefile, set_up_publisher
from courses.services.coursefile import (
    CourseFileError,
    export_course,
    import_course,
    open_parcel,
    pack,
    reading,
)
from courses.services.coursefile.fields import LEFT_OUT, OF_PAGE, find_kind, list_fields, list_relations
from courses.services.coursefile.media import find_problem
from courses.services.coursefile.parcel import DATA, SUMS
from courses.services.coursefile.streams import change_links
from courses.services.publishers import find_collection
from tests.factories.accounts import MembershipFactory, NgoFactory
from tests.factories.coursefile import SAFE_SVG, add, make_full_course, png, rewrite, with_data

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),  # Wagtail's renditions of pictures
]


@pytest.fixture
def section(indexes: dict[str, CourseIndexPage], ngo: Organisation) -> dict[str, PublisherPage]:
    return set_up_publisher(ngo)


@pytest.fixture
def empty(section: dict[str, PublisherPage]) -> dict[str, PublisherPage]:
    """Another organisation's section, with nothing in it."""
    return set_up_publisher(NgoFactory.create())


@pytest.fixture
def author(ngo: Organisation, section: dict[str, PublisherPage]) -> User:
    user: User = MembershipFactory.create(organisation=ngo, role=MembershipRole.AUTHOR).user
    return user


@pytest.fixture
def course(section: dict[str, PublisherPage]) -> CoursePage:
    return make_full_course(section)


def problems_of(content: bytes) -> list[str]:
    with pytest.raises(CourseFileError) as caught:
        open_parcel(content)
    return [str(problem) for problem in caught.value.problems]


def ids_of(page: Any) -> set[str]:
    found: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if "id" in value and "type" in value:
                found.add(value["id"])
            for child in value.values():
                look(child)
        elif isinstance(value, list):
            for child in value:
                look(child)

    for field in list_fields(type(page)):
        if find_kind(field) == "stream":
            look(json.loads(field.value_to_string(page)))
    return found


# --- Out and in ---


def test_a_round_trip_loses_nothing(course: CoursePage, empty: dict[str, PublisherPage], author: User) -> None:
    content = pack(export_course(course))
    made = import_course(open_parcel(content), sections=empty, by=author)
    assert pack(export_course(made["km"])) == content
    assert pack(export_course(made["en"])) == content


def test_what_is_imported_is_a_draft_with_ids_of_its_own(
    course: CoursePage, empty: dict[str, PublisherPage], author: User
) -> None:
    made = import_course(export_course(course), sections=empty, by=author)
    old = [course, *LessonPage.objects.child_of(course)]
    new = [made["km"], *LessonPage.objects.child_of(made["km"]), *LessonPage.objects.child_of(made["en"])]
    assert [page.live for page in new] == [False] * 5
    assert not {page.translation_key for page in old} & {page.translation_key for page in new}
    assert not set().union(*map(ids_of, old)) & set().union(*map(ids_of, new))
    assert made["km"].translation_key == made["en"].translation_key
    twins = LessonPage.objects.filter(translation_key=LessonPage.objects.child_of(made["en"]).get().translation_key)
    first, second = (ids_of(page) for page in twins.order_by("pk"))
    assert first == second
    assert next(lesson.title for lesson in LessonPage.objects.child_of(made["km"]).order_by("path")) == "សេចក្ដីព្រាង"


def test_a_bank_comes_along(course: CoursePage, empty: dict[str, PublisherPage], author: User) -> None:
    made = import_course(export_course(course), sections=empty, by=author)
    banks = QuestionBankPage.objects.child_of(empty["km"])
    lesson = LessonPage.objects.child_of(made["km"]).order_by("path")[0]
    assert [bank.title for bank in banks] == ["ធនាគារ"]
    assert (lesson.questions[2].value["bank"].pk, banks[0].live) == (banks[0].pk, False)


def test_files_land_in_the_own_collection_once(
    course: CoursePage, empty: dict[str, PublisherPage], author: User
) -> None:
    for _ in range(2):
        import_course(export_course(course), sections=empty, by=author)
    collection = find_collection(empty["km"])
    images, documents = get_image_model().objects, get_document_model().objects
    assert (images.filter(collection=collection).count(), documents.filter(collection=collection).count()) == (2, 1)


def test_a_taken_address_gets_a_number_and_the_preview_says_so(
    course: CoursePage, section: dict[str, PublisherPage], author: User
) -> None:
    parcel = export_course(course)
    notices = coursefile.outline(parcel, section).notices
    assert [f"{page.slug}-2" in notice for page, notice in zip((course,), notices, strict=False)] == [True]
    made = import_course(parcel, sections=section, by=author)
    assert (made["km"].slug, made["en"].slug) == (f"{course.slug}-2", "letters-en-2")


@pytest.mark.parametrize("model", [CoursePage, LessonPage, QuestionBankPage])
def test_every_field_is_exported_or_left_out_for_a_reason(model: Any) -> None:
    """A field that somebody adds to a page comes along by itself, or this fails."""
    carried = {field.name for field in list_fields(model)}
    page = {field.name for field in Page._meta.get_fields()}
    worked_out = {field.name for field in model._meta.concrete_fields if not field.editable}
    everything = {field.name for field in model._meta.concrete_fields} - page - worked_out - {"page_ptr"}
    assert everything - LEFT_OUT == carried - set(OF_PAGE)
    assert set(OF_PAGE) <= carried
    assert {find_kind(field) for field in list_fields(model)} <= {"plain", "stream", "image", "document", "skill"}
    for _name, row in list_relations(model):
        assert [find_kind(field) for field in list_fields(row)]
        assert {field.name for field in row._meta.concrete_fields} - {"id", "page"} == {
            field.name for field in list_fields(row)
        }
    assert not model._meta.many_to_many


def test_links_in_rich_text_follow() -> None:
    html = '<a linktype="document" id="3">a</a><a href="https://x.test">b</a><a linktype="page" id="4">c</a>'
    turned = change_links(html, lambda kind, _key: "new" if kind == "document" else None)
    assert turned == '<a linktype="document" id="new">a</a><a href="https://x.test">b</a><a>c</a>'


def test_unknown_skills_and_courses_are_left_out(
    course: CoursePage, empty: dict[str, PublisherPage], author: User
) -> None:
    parcel = export_course(course)
    for page in parcel.data["course"].values():
        page["rows"]["skill_links"].append({"skill": "flying"})
        page["rows"]["prerequisites"] = [{"course_key": str(uuid.uuid4())}]
    made = import_course(parcel, sections=empty, by=author)["km"]
    assert (made.skill_links.count(), made.prerequisites.count()) == (2, 0)
    assert any("flying" in notice for notice in coursefile.outline(parcel, empty).notices)


def test_a_failing_import_leaves_nothing_behind(
    course: CoursePage, empty: dict[str, PublisherPage], author: User
) -> None:
    parcel = export_course(course)
    parcel.data["course"]["km"]["fields"]["form_b"] = []  # which the page itself refuses
    pages, images = Page.objects.count(), get_image_model().objects.count()
    files = set(list_media())
    with pytest.raises(CourseFileError) as refusal:
        import_course(parcel, sections=empty, by=author)
    assert [problem.where for problem in refusal.value.problems] == ["វគ្គ (km) › form_b"]
    assert (Page.objects.count(), get_image_model().objects.count(), set(list_media())) == (pages, images, files)


def list_media() -> list[str]:
    return [
        f"{folder}/{name}"
        for folder in ("original_images", "documents")
        if default_storage.exists(folder)
        for name in default_storage.listdir(folder)[1]
    ]


# --- Bad files ---


def set_at(*path: Any, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


BODY = ("lessons", 0, "km", "fields", "body")
BAD_DATA = {
    "version": (set_at("version", value=9), "version"),
    "format": (set_at("format", value="scorm"), ""),
    "language": (set_at("languages", value=["km", "fr"]), "languages"),
    "no course in a language": (set_at("course", "en", value=None), "en"),
    "block": (set_at(*BODY, 0, "type", value="evil"), "body › 1"),
    "field of a block": (set_at(*BODY, 0, "value", "html", value="x"), "body › 1"),
    "field of a page": (set_at("course", "km", "fields", "path", value="0001"), "path"),
    "shape of a body": (set_at(*BODY, value={"a": 1}), "body"),
    "shape of a value": (set_at(*BODY, 0, "value", "text", value=["x"]), "body › 1"),
    "nul": (set_at(*BODY, 0, "value", "text", value="a\x00b"), "body › 1"),
    "id twice": (set_at(*BODY, 1, "id", value="1"), "body › 2"),
    "id missing": (set_at(*BODY, 0, "id", value=None), "body › 1"),
    "id of another kind": (set_at("lessons", 0, "en", "fields", "body", 0, "type", value="heading"), "body › 1"),
    "picture missing": (set_at(*BODY, 1, "value", "image", value="media/image-0.png"), "image"),
    "document as picture": (set_at(*BODY, 3, "value", "document", value=5), "document"),
    "slug": (set_at("course", "km", "fields", "slug", value="../x"), "slug"),
    "slug of another": (set_at("lessons", 1, "km", "fields", "slug", value="lesson-0"), "2"),
    "title too long": (set_at("course", "km", "fields", "title", value="x" * 300), "title"),
    "a number as a flag": (set_at("course", "km", "fields", "gives_certificate", value=3), "gives_certificate"),
    "words as a number": (set_at("course", "km", "fields", "minutes", value="many"), "minutes"),
    "below zero": (set_at("course", "km", "fields", "minutes", value=-4), "minutes"),
    "unknown choice": (set_at("course", "km", "fields", "icon", value="skull"), "icon"),
    "rows": (set_at("course", "km", "rows", "comments", value=[]), "comments"),
    "media": (set_at("media", "media/image-1.png", value={"kind": "image", "title": "x"}), "media/image-1.png"),
    "bank": (set_at("lessons", 0, "km", "fields", "questions", 2, "value", "bank", value="bank:7"), "bank"),
    "something else": (set_at("script", value="x"), ""),
}


@pytest.mark.parametrize("name", BAD_DATA)
def test_data_that_does_not_fit_is_named(course: CoursePage, name: str) -> None:
    change, where = BAD_DATA[name]
    content = pack(export_course(course))
    if name == "slug of another":
        slug = export_course(course).data["lessons"][0]["km"]["fields"]["slug"]
        change = set_at("lessons", 1, "km", "fields", "slug", value=slug)
    if name == "id twice":
        change = set_at(*BODY, 1, "id", value=export_course(course).data["lessons"][0]["km"]["fields"]["body"][0]["id"])
    problems = problems_of(rewrite(content, with_data(change)))
    assert where in problems[0]


@pytest.mark.parametrize(
    "name", ["../evil.py", "/etc/passwd", "media/../../x.png", "C:\\x.png", "media\\x.png", "x.py"]
)
def test_a_name_that_leads_out_is_refused(course: CoursePage, name: str) -> None:
    problems = problems_of(rewrite(pack(export_course(course)), add(name)))
    assert [problem.split(":")[0] for problem in problems] == [name.split(":")[0]]


def test_a_link_is_refused(course: CoursePage) -> None:
    out = io.BytesIO(pack(export_course(course)))
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("media/image-1.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert len(problems_of(out.getvalue())) == 1


def test_a_wrong_checksum_and_a_missing_part_are_named(course: CoursePage) -> None:
    content = pack(export_course(course))
    picture = next(name for name in export_course(course).media if name.endswith(".png"))
    assert problems_of(rewrite(content, add(picture, png((9, 9))), sums=False))[0].startswith(picture)
    assert problems_of(rewrite(content, lambda parts: parts.pop(picture), sums=False))[0].startswith(picture)  # type: ignore[arg-type, return-value]
    assert problems_of(rewrite(content, lambda parts: parts.pop(SUMS), sums=False))[0].startswith(SUMS)  # type: ignore[arg-type, return-value]
    assert problems_of(rewrite(content, lambda parts: parts.pop(DATA)))[0].startswith(DATA)  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("content", [b"", b"PK", b"MZ\x90", b"PK\x03\x04" + b"x" * 50, "ជួយឃុំ".encode()])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    assert len(problems_of(content)) == 1


def test_a_bomb_stops_at_the_limit(course: CoursePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_UNPACKED", 200_000)
    bomb = rewrite(pack(export_course(course)), add("media/document-1.txt", b"0" * 3_000_000))
    assert len(bomb) < 50_000
    assert problems_of(bomb)[0].startswith("media/document-1.txt")
    monkeypatch.setattr(reading, "MOST_PACKED", 1000)
    assert len(problems_of(bomb)) == 1


def test_too_many_parts_are_refused_before_they_are_read() -> None:
    assert len(problems_of(b"PK\x01\x02" * 500)) == 1


@pytest.mark.parametrize(
    "name", ["media/image-1.jpg", "media/image-1.svg", "media/document-1.csv", "media/image-1.png"]
)
@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00" + b"\x00" * 99, b"#!/bin/sh\nrm -rf /\n", b"\x7fELF" + b"\x00" * 99, b""]
)
def test_a_program_is_no_picture_whatever_its_name(name: str, content: bytes) -> None:
    kind = name.split("/")[1].split("-")[0]
    assert (find_problem(name, kind, content) == "") is (content == b"" and kind == "document")


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)"/>',
        '<use href="https://x.test/a.svg#b"/>',
        '<image href="javascript:alert(1)"/>',
        "<foreignObject><b>x</b></foreignObject>",
        "<style>@import 'https://x.test/a.css';</style>",
        '<rect style="fill:url(https://x.test)"/>',
        '<a href="https://x.test"><rect/></a>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
    ],
)
def test_a_drawing_that_could_do_harm_is_refused(inner: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'.encode()
    assert find_problem("media/image-1.svg", "image", SAFE_SVG) == ""
    assert find_problem("media/image-1.svg", "image", drawing) != ""


def test_entities_in_a_drawing_are_refused() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>'
    assert find_problem("media/image-1.svg", "image", bomb) != ""


def test_a_picture_is_what_its_ending_says() -> None:
    assert find_problem("media/image-1.png", "image", png()) == ""
    assert find_problem("media/image-1.jpg", "image", png()) != ""
    assert find_problem("media/image-1.exe", "image", png()) != ""
