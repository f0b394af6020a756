"""What an uploaded file is, by its content; how the editors' form says no."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from ui.uploads import LOOKS, looks_like

HEADS = {
    "mp3": b"ID3\x04\x00",
    "m4a": b"\x00\x00\x00\x20ftypM4A ",
    "mp4": b"\x00\x00\x00\x18ftypmp42",
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm",
    "ogg": b"OggS\x00\x02",
    "opus": b"OggS\x00\x02",
    "pdf": b"%PDF-1.7",
    "xlsx": b"PK\x03\x04\x14",
    "csv": "ឈ្មោះ,ភេទ\n".encode(),
    "txt": b"words",
}
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"


@pytest.mark.parametrize("extension", HEADS)
def test_each_kind_is_known_by_its_content(extension: str) -> None:
    assert looks_like(io.BytesIO(HEADS[extension]), extension)


@pytest.mark.parametrize("extension", LOOKS)
def test_a_program_is_no_file_of_ours(extension: str) -> None:
    assert not looks_like(io.BytesIO(PROGRAM), extension)
    assert not looks_like(io.BytesIO(b"\x7fELF\x02\x01\x01"), extension)
    assert not looks_like(io.BytesIO(b"#!/bin/sh\n"), extension)


def test_an_unknown_kind_is_never_right() -> None:
    assert not looks_like(io.BytesIO(b"x"), "exe")


def upload(client: Client, name: str, content: bytes) -> str:
    data = {"title": "A file", "file": SimpleUploadedFile(name, content), "tags": ""}
    return client.post(reverse("wagtaildocs:add"), data, follow=True).content.decode()


def test_the_editors_form_refuses_a_program_named_video(admin_client: Client) -> None:
    page = upload(admin_client, "lesson.mp4", PROGRAM)
    assert "ខាងក្នុងឯកសារនេះមិនមែនជា .mp4 ដូចឈ្មោះវាទេ។" in page
    assert get_document_model().objects.count() == 0


def test_the_editors_form_takes_a_video(admin_client: Client) -> None:
    upload(admin_client, "lesson.mp4", HEADS["mp4"] + b"\x00" * 100)
    assert get_document_model().objects.get().file_extension == "mp4"


def test_a_file_that_is_too_big_is_named(admin_client: Client) -> None:
    page = upload(admin_client, "list.csv", b"a" * 10_000_001)
    assert "ឯកសារនេះមាន 10 MB ។ ដាក់បានមិនលើស 10 MB ទេ។" in page
    assert get_document_model().objects.count() == 0
