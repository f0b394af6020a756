"""A course that uses what a course can hold, and course files with something changed in them."""

import hashlib
import io
import json
import uuid
import zipfile
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.models import CoursePage, CoursePrerequisite, PublisherPage, QuestionBankPage
from courses.services.coursefile.parcel import DATA, SUMS
from courses.services.publishers import find_collection
from tests.factories.courses import SkillFactory, make_course, make_lesson, make_question, translate
from tests.factories.tasks import make_task

SAFE_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9" fill="#123"/></svg>'


def png(size: tuple[int, int] = (8, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "PNG")
    return out.getvalue()


def block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def item(value: Any) -> dict[str, Any]:
    return block("item", value)


def make_full_course(section: dict[str, PublisherPage]) -> CoursePage:
    """In both languages, with drafts."""
    collection = find_collection(section["km"])
    image = get_image_model().objects.create(
        title="រូប", file=ContentFile(png(), name="a.png"), collection=collection, focal_point_x=4
    )
    drawing = get_image_model().objects.create(
        title="គំនូរ", file=ContentFile(SAFE_SVG, name="b.svg"), collection=collection, width=9, height=9
    )
    document = get_document_model().objects.create(
        title="បញ្ជី", file=ContentFile("ក,ខ\n១,២\n".encode(), name="list.csv"), collection=collection
    )
    other = make_course(section["km"])
    made = make_course(
        section["km"],
        [SkillFactory.create(), SkillFactory.create()],
        gives_certificate=True,
        needs_task=True,
        may_be_copied=True,
        work="letters",
        form_a=[make_question("single", "10")],
        form_b=[make_question("order", "111")],
        seo_title="ចំណង",
    )
    made.prerequisites.add(CoursePrerequisite(course_key=other.translation_key))
    made.save_revision().publish()
    body = [
        block("text", {"text": "អត្ថបទ **ដិត** & <b>"}),
        block("picture", {"image": image.pk, "alt": "រូបភាព", "caption": ""}),
        block("picture", {"image": drawing.pk, "alt": "គំនូរ", "caption": "ក្រោម"}),
        block("download", {"document": document.pk, "title": "បញ្ជី", "description": ""}),
        block("steps", {"title": "", "items": [item("មួយ"), item("ពីរ")]}),
        block("table", {"caption": "តារាង", "header": [item("ក"), item("ខ")], "rows": [item([item("១"), item("២")])]}),
        block("rich_text", f'<p>មើល <a linktype="page" id="{other.pk}">វគ្គ</a> <b>ដិត</b></p>'),
        block("practice", {"question": [make_question("several", "110")]}),
        block("guide", {"guide": other.pk, "text": "ហេតុអ្វី"}),
    ]
    bank = section["km"].add_child(
        instance=QuestionBankPage(
            title="ធនាគារ", slug="bank", locale=section["km"].locale, questions=[make_question("single", "010")]
        )
    )
    bank.save_revision().publish()
    translate(bank, section["en"], title="Bank", slug="bank")
    questions = [make_question(kind, "110") for kind in ("several", "order")]
    questions.append(block("bank", {"bank": bank.pk, "count": 1}))
    first = make_lesson(
        made, questions, body=body, task=[make_task()], section="ផ្នែក ១", is_optional=True, draw=1, wait_minutes=5
    )
    make_lesson(made, [make_question()])
    english = translate(made, section["en"], title="Letters", slug="letters-en")
    translate(first, english, title="One", slug="one")
    first.title = "សេចក្ដីព្រាង"
    first.save_revision()
    draft = make_lesson(made)
    draft.unpublish()
    return CoursePage.objects.get(pk=made.pk)


def rewrite(content: bytes, change: Callable[[dict[str, bytes]], None], *, sums: bool = True) -> bytes:
    """The archive with other parts; its checksums are made right again unless they shall stay."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    if sums:
        told = (f"{hashlib.sha256(part).hexdigest()}  {name}\n" for name, part in parts.items() if name != SUMS)
        parts[SUMS] = "".join(told).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def with_data(change: Callable[[Any], None]) -> Callable[[dict[str, bytes]], None]:
    def turn(parts: dict[str, bytes]) -> None:
        data = json.loads(parts[DATA])
        change(data)
        parts[DATA] = json.dumps(data).encode()

    return turn


def add(name: str, part: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: part})
