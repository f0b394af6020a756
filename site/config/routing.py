"""The socket addresses. Same origin only: a page of another site gets no socket.

Where no socket gets through, a plain GET at the same address waits until something happens in the room.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import URLPattern, path, re_path

from forums.consumers import TopicConsumer
from participation.consumers import MeetingConsumer
from ui.rooms.waiting import WaitingRoom


async def no_room(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Decline a handshake (403) at an address that nobody has: without this the log fills with traces."""
    await receive()
    await send({"type": "websocket.close"})


patterns: list[URLPattern] = [
    path("ws/topics/<uuid:public_id>/", TopicConsumer.as_asgi()),  # type: ignore[no-untyped-call]
    path("ws/meetings/<uuid:public_id>/", MeetingConsumer.as_asgi()),  # type: ignore[no-untyped-call]
    re_path("", no_room),  # type: ignore[arg-type]
]
SENTENCE = b"Only sockets live here. Send just /ws/ to this port.\n"


async def no_page(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """404 for every page: a proxy that sends one here is set up wrongly."""
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(SENTENCE)).encode())]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": SENTENCE})


waits: list[URLPattern] = [
    path("ws/topics/<uuid:public_id>/", WaitingRoom(TopicConsumer.kind)),  # type: ignore[arg-type]
    path("ws/meetings/<uuid:public_id>/", WaitingRoom(MeetingConsumer.kind)),  # type: ignore[arg-type]
    re_path("", no_page),  # type: ignore[arg-type]
]
waiting = URLRouter(waits)
sockets = AllowedHostsOriginValidator(URLRouter(patterns))
