"""A 300 MB upload is refused by its announced length; nothing of it is read."""

import asyncio
import io
from typing import Any, cast

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.uploads import RefuseHuge, is_huge, refuse_huge

HUGE = 300 * 1024 * 1024


class Unread(io.BytesIO):
    """A body that must not be touched."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = read  # type: ignore[assignment]


def ask(path: str, length: object) -> int:
    request = RequestFactory().post(path)
    request.META |= {"CONTENT_LENGTH": str(length), "wsgi.input": Unread()}
    request = WSGIRequest(request.META)
    return cast(int, cast(Any, refuse_huge(lambda _: HttpResponse("taken"))(request)).status_code)


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/km/learn/tasks/x/", HUGE, 413),
        ("/km/learn/tasks/x/", settings.BODY_MOST + 1, 413),
        ("/km/learn/tasks/x/", settings.BODY_MOST, 200),
        ("/admin/documents/add/", settings.BODY_MOST + 1, 200),
        ("/admin/documents/add/", HUGE, 413),
        ("/api/v1/events/", HUGE, 413),
        ("/km/", "", 200),
        ("/km/", "9" * 5000, 413),
    ],
)
def test_by_wsgi(path: str, length: object, status: int) -> None:
    assert ask(path, length) == status


def test_the_answer_says_what_to_do(client: Client) -> None:
    answer = client.post("/km/forum/", CONTENT_LENGTH=str(HUGE))
    assert answer.status_code == 413
    text = answer.content.decode()
    assert ("ឯកសារធំពេក" in text, "A file may have up to 10 MB." in text) == (True, True)
    assert client.post("/api/v1/me/", CONTENT_LENGTH=str(HUGE)).json() == {"detail": "Too large."}


@pytest.mark.parametrize("length", ["", "-5", "ten", "\u0661"])
def test_a_length_that_is_no_number_is_not_ours_to_judge(length: str) -> None:
    assert is_huge("/km/", length) is False


def test_by_async_django() -> None:
    async def taken(request: HttpRequest) -> HttpResponse:
        return HttpResponse("taken")

    request = RequestFactory().post("/km/")
    request.META["CONTENT_LENGTH"] = str(HUGE)
    assert asyncio.run(cast(Any, refuse_huge(taken))(request)).status_code == 413


class Pages:
    """Stands for Django: reads the whole body, then answers."""

    def __init__(self) -> None:
        self.read = 0
        self.is_cut = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.is_cut = True
                return
            self.read += len(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 200, "headers": []})


def send_by_asgi(headers: list[tuple[bytes, bytes]], pieces: int) -> tuple[Pages, list[int], int]:
    """(pages, statuses answered, pieces that were asked for); each piece has a megabyte."""
    pages, statuses, left = Pages(), [], pieces

    async def receive() -> dict[str, Any]:
        nonlocal left
        left -= 1
        return {"type": "http.request", "body": b"x" * 1024 * 1024, "more_body": left > 0}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {"type": "http", "path": "/km/learn/tasks/x/", "headers": headers}
    asyncio.run(RefuseHuge(pages)(scope, receive, send))
    return pages, statuses, pieces - left


def test_by_asgi_nothing_is_asked_for() -> None:
    pages, statuses, asked = send_by_asgi([(b"content-length", str(HUGE).encode())], 300)
    assert (pages.read, statuses, asked) == (0, [413], 0)


def test_by_asgi_a_sender_without_a_length_is_cut_off() -> None:
    pages, statuses, asked = send_by_asgi([(b"transfer-encoding", b"chunked")], 300)
    assert (pages.is_cut, pages.read, statuses, asked) == (True, settings.BODY_MOST, [413], 43)


def test_by_asgi_what_is_small_passes() -> None:
    pages, statuses, _asked = send_by_asgi([(b"content-length", b"3145728")], 3)
    assert (pages.read, statuses) == (3 * 1024 * 1024, [200])
