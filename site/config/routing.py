"""The socket addresses. Same origin only: a page of another site gets no socket."""

from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import URLPattern, path

from forums.consumers import TopicConsumer

patterns: list[URLPattern] = [
    path("ws/topics/<uuid:public_id>/", TopicConsumer.as_asgi()),  # type: ignore[no-untyped-call]
]
sockets = AllowedHostsOriginValidator(URLRouter(patterns))
