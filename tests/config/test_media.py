"""Uploaded files cannot act as pages of ours."""

from pathlib import Path

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.django_db  # the end of a streamed answer looks after connections


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    (tmp_path / "page.html").write_text("<script>alert(1)</script>")
    (tmp_path.parent / "secret.txt").write_text("secret")
    return tmp_path


def test_a_picture_is_shown_in_a_sandbox(client: Client, folder: Path) -> None:
    with override_settings(MEDIA_ROOT=folder):
        answer = client.get("/media/map.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer.headers["Content-Disposition"].startswith("inline")
    answer.close()


def test_a_page_is_only_a_download(client: Client, folder: Path) -> None:
    with override_settings(MEDIA_ROOT=folder):
        answer = client.get("/media/page.html")
    assert answer.headers["Content-Disposition"] == "attachment"
    answer.close()


@pytest.mark.parametrize(("path", "status"), [("../secret.txt", 400), ("%2e%2e/secret.txt", 400), ("none.svg", 404)])
def test_nothing_else_is_read(client: Client, folder: Path, path: str, status: int) -> None:
    with override_settings(MEDIA_ROOT=folder):
        assert client.get(f"/media/{path}").status_code == status
