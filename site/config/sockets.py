"""Production's ASGI group: sockets alone. Pages belong to the WSGI workers, which do them for a tenth of the work."""

import os
from collections.abc import Awaitable, Callable
from typing import Any

import django
from channels.routing import ProtocolTypeRouter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
django.setup()

from config.routing import sockets  # noqa: E402  (the apps must be loaded before their consumers)

SENTENCE = b"Only sockets live here. Send just /ws/ to this port.\n"


async def no_pages(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[dict[str, Any]]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """404 for every page: a proxy that sends one here is set up wrongly."""
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(SENTENCE)).encode())]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": SENTENCE})


application = ProtocolTypeRouter({"http": no_pages, "websocket": sockets})
