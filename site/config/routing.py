"""The socket addresses. Same origin only: a page of another site gets no socket."""

from collections.abc import Awaitable, Callable
from typing import Any

from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import URLPattern, path, re_path

from forums.consumers import TopicConsumer
from participation.consumers import MeetingConsumer


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
sockets = AllowedHostsOriginValidator(URLRouter(patterns))
