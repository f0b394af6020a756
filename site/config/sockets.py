"""Production's ASGI group: sockets alone. Pages belong to the WSGI workers, which do them for a tenth of the work.

No app is loaded and no model: the signed token says all that a socket must know. That is half of the memory.
"""

import gc
import os

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.utils.log import configure_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
# A message to 5,000 sockets makes as many short-lived tasks: a full collection in its midst costs half a second.
gc.set_threshold(100_000, 50, 100)
configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)

from config.routing import sockets, waiting  # noqa: E402  (the settings must be chosen before the consumers)

application = ProtocolTypeRouter({"http": waiting, "websocket": sockets})
