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


@pytest.fixture
def video(folder: Path) -> bytes:
    content = bytes(range(256)) * 1000
    (folder / "lesson.mp4").write_bytes(content)
    return content


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100000-", 100_000, 255_999),
        ("bytes=-500", 255_500, 255_999),
        ("bytes=255000-999999", 255_000, 255_999),
        ("bytes=0-0", 0, 0),
        ("bytes=-999999", 0, 255_999),
    ],
)
def test_a_player_gets_the_part_it_asks_for(
    client: Client, folder: Path, video: bytes, asked: str, first: int, last: int
) -> None:
    with override_settings(MEDIA_ROOT=folder):
        answer = client.get("/media/lesson.mp4", headers={"Range": asked, "Accept-Encoding": "gzip, br"})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/256000"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert "Content-Encoding" not in answer.headers
    assert b"".join(answer) == video[first : last + 1]  # type: ignore[arg-type]
    policy = answer.headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; media-src 'self'; sandbox allow-same-origin"
    answer.close()


@pytest.mark.parametrize("asked", ["bytes=256000-", "bytes=-0", "bytes=9-3"])
def test_a_part_beyond_the_end_is_refused(client: Client, folder: Path, video: bytes, asked: str) -> None:
    with override_settings(MEDIA_ROOT=folder):
        answer = client.get("/media/lesson.mp4", headers={"Range": asked})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */256000")


@pytest.mark.parametrize("asked", ["", "bytes=", "bytes=-", "bytes=0-1,5-9", "lines=1-2", "bytes=x-"])
def test_what_is_no_range_gets_the_whole_file(client: Client, folder: Path, video: bytes, asked: str) -> None:
    with override_settings(MEDIA_ROOT=folder):
        answer = client.get("/media/lesson.mp4", headers={"Range": asked, "Accept-Encoding": "gzip, br"})
    assert (answer.status_code, answer.headers["Accept-Ranges"]) == (200, "bytes")
    assert answer.headers["Content-Length"] == "256000"
    assert b"".join(answer) == video  # type: ignore[arg-type]
    answer.close()


def test_a_part_of_a_changed_file_is_the_whole_file(client: Client, folder: Path, video: bytes) -> None:
    headers = {"Range": "bytes=0-9", "If-Range": "Mon, 01 Jan 2024 00:00:00 GMT"}
    with override_settings(MEDIA_ROOT=folder):
        answer = client.get("/media/lesson.mp4", headers=headers)
        changed = answer.headers["Last-Modified"]
        same = client.get("/media/lesson.mp4", headers={**headers, "If-Range": changed})
    assert (answer.status_code, same.status_code) == (200, 206)
    answer.close()
    same.close()
