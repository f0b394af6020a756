"""A socket that says everything back, for the judge of our sockets: production's server, our rooms' own consumer.

The judge needs an echo and no token; nothing else differs from `config.sockets`.
"""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import re_path
from django.utils.log import configure_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)

from config.routing import no_page  # noqa: E402  (the settings must be chosen before the consumers)
from ui.rooms.consumers import RoomConsumer  # noqa: E402


class Echo(RoomConsumer):
    kind = "echo"

    async def connect(self) -> None:
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await super().receive(text_data, bytes_data)
        await self.send(text_data=text_data, bytes_data=bytes_data)


patterns: list[Any] = [re_path("", Echo.as_asgi())]
application = ProtocolTypeRouter({"http": no_page, "websocket": URLRouter(patterns)})
