"""Production's ASGI group: sockets alone. Pages belong to the WSGI workers, which do them for a tenth of the work.

No app is loaded and no model: the signed token says all that a socket must know. That is half of the memory.
"""

import gc
import os
from collections.abc import Awaitable, Callable
from typing import Any

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.utils.log import configure_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
# A message to 5,000 sockets makes as many short-lived tasks: a full collection in its midst costs half a second.
gc.set_threshold(100_000, 50, 100)
configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)

from config.routing import sockets  # noqa: E402  (the settings must be chosen before the consumers)

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
