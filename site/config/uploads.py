"""A body that is too large is refused by its announced length: nothing of it is read, kept in memory or on disk.

`refuse_huge` does so for WSGI. Under ASGI Django keeps the whole body on disk before any middleware is asked, so there
`RefuseHuge` stands around it, and also counts what a sender without a length really sends.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from ui.views import too_large

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


def find_limit(path: str) -> int:
    """Most bytes of a body at this address: editors bring films and whole courses, everybody else photos."""
    return settings.EDITORS_BODY_MOST if path.startswith("/admin/") else settings.BODY_MOST


def is_huge(path: str, length: str) -> bool:
    """Whether the announced length is above the limit; one that is no number is for the server to judge."""
    return length.isascii() and length.isdigit() and int(length[:20]) > find_limit(path)


@sync_and_async_middleware
def refuse_huge(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """413 before anything asks for the form."""

    def refuse(request: HttpRequest) -> HttpResponseBase | None:
        length = request.META.get("CONTENT_LENGTH") or ""
        return too_large(request) if is_huge(request.path_info, length) else None

    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            answer: HttpResponseBase = refuse(request) or await get_response(request)
            return answer

        return later

    def now(request: HttpRequest) -> HttpResponseBase:
        answer: HttpResponseBase = refuse(request) or get_response(request)
        return answer

    return now


class RefuseHuge:
    """Around an ASGI application of pages."""

    def __init__(self, pages: Application) -> None:
        self.pages = pages

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        lengths = [value.decode("latin-1") for name, value in scope["headers"] if name == b"content-length"]
        if lengths and is_huge(scope["path"], lengths[-1]):
            await answer_too_large(scope, send)
            return
        limit, seen, is_answered = find_limit(scope["path"]), 0, False

        async def counted() -> Mapping[str, Any]:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            return {"type": "http.disconnect"} if seen > limit else message  # Django drops what it has

        async def noted(message: Mapping[str, Any]) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        await self.pages(scope, counted, noted)
        if seen > limit and not is_answered:
            await answer_too_large(scope, send)


async def answer_too_large(scope: dict[str, Any], send: Send) -> None:
    """The page of Django's answer, sent without Django: it would wait for the body."""
    request = HttpRequest()
    request.path = request.path_info = scope["path"]
    response = too_large(request)
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.items()]
    headers += [(b"content-length", str(len(response.content)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})
