"""Practical tasks and work handed in, with small real files."""

import io
import uuid
import zipfile
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from openpyxl import Workbook
from PIL import Image

from courses.models import LessonPage, Submission, SubmissionFile
from courses.services.tasks import read_task
from tests.factories.accounts import UserFactory
from ui.files.kinds import FileKind


def make_task(confirm: str = "facilitator", required: str = "110") -> dict[str, Any]:
    """A task block; `required` has a 1 for each criterion that is needed, a 0 for the others."""
    rubric = [
        {"type": "item", "id": str(uuid.uuid4()), "value": {"text": f"ចំណុច {index}", "required": mark == "1"}}
        for index, mark in enumerate(required)
    ]
    value = {
        "kind": "letter",
        "title": "សរសេរលិខិត",
        "instructions": "សូមសរសេរ **មួយទំព័រ**",
        "template": None,
        "template_title": "",
        "confirm": confirm,
        "rubric": rubric,
    }
    return {"type": "task", "value": value, "id": str(uuid.uuid4())}


class SubmissionFactory(DjangoModelFactory[Submission]):
    """Waiting for a facilitator of the programme; `lesson` gives keys and task."""

    class Meta:
        model = Submission

    class Params:
        lesson: LessonPage | None = None
        returned = factory.Trait(status="returned", decided_at=factory.LazyFunction(timezone.now))
        accepted = factory.Trait(status="accepted", decided_at=factory.LazyFunction(timezone.now))

    user = factory.SubFactory(UserFactory)
    course_key = factory.LazyAttribute(
        lambda row: row.lesson.get_parent().translation_key if row.lesson else uuid.uuid4()
    )
    lesson_key = factory.LazyAttribute(lambda row: row.lesson.translation_key if row.lesson else uuid.uuid4())
    task = factory.LazyAttribute(lambda row: (row.lesson and read_task(row.lesson)) or plain_task())
    number = 1
    addressee = factory.LazyAttribute(lambda row: "clerk" if getattr(row, "office", None) else "facilitator")
    happened_at = factory.LazyFunction(timezone.now)


def plain_task() -> dict[str, Any]:
    """As `Submission.task`, with two criteria, the first needed."""
    rubric = [{"id": str(uuid.uuid4()), "text": {"km": f"ចំណុច {n}"}, "required": n == 1} for n in (1, 2)]
    words = {"title": {"km": "លិខិត"}, "instructions": {"km": "សរសេរ"}}
    return {"id": str(uuid.uuid4()), "kind": "letter", "confirm": "either", **words, "rubric": rubric}


def add_file(submission: Submission, content: bytes = b"%PDF-1.4 %%EOF", kind: str = "pdf") -> SubmissionFile:
    row = SubmissionFile(submission=submission, kind=FileKind(kind), name=f"work.{kind}", size=len(content))
    row.file.save("work", ContentFile(content), save=False)
    row.save()
    return row


def answer(submission: Submission, met: str = "11") -> list[dict[str, Any]]:
    """Results for the rubric: a 1 for each criterion that is met."""
    marks = met.ljust(len(submission.task["rubric"]), "1")
    return [
        {"id": each["id"], "is_met": marks[index] == "1", "comment": ""}
        for index, each in enumerate(submission.task["rubric"])
    ]


def make_photo(size: tuple[int, int] = (640, 480), suffix: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#3366aa").save(out, suffix, **options)
    return out.getvalue()


def make_archive(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def make_docx(**more: bytes) -> bytes:
    """The least that says of itself it is a Word file; `more` parts by path with `__` for `/`."""
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": b'<Types><Override ContentType="' + kind + b'"/></Types>',
        "word/document.xml": b"<x/>",
    }
    return make_archive({**parts, **more})


def make_xlsx(formula: str = "=SUM(A1:A2)") -> bytes:
    book = Workbook()
    book.active.append([formula])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(name: str = "work.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_photo() if content is None else content)
