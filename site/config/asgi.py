"""Sockets for production's ASGI group; pages and sockets in one process for quickstart."""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
pages = get_asgi_application()

from config.routing import sockets, waiting  # noqa: E402  (the apps must be loaded before their consumers)
from config.uploads import Receive, RefuseHuge, Send  # noqa: E402

guarded = RefuseHuge(pages)


async def plain(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """What a proxy does in production: the sockets' addresses to them, all else to the pages."""
    await (waiting if scope["path"].startswith("/ws/") else guarded)(scope, receive, send)


application = ProtocolTypeRouter({"http": plain, "websocket": sockets})
