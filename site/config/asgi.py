"""Sockets for production's ASGI group; pages and sockets in one process for quickstart."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
pages = get_asgi_application()

from config.routing import sockets  # noqa: E402  (the apps must be loaded before their consumers)
from config.uploads import RefuseHuge  # noqa: E402

application = ProtocolTypeRouter({"http": RefuseHuge(pages), "websocket": sockets})
