"""The socket addresses. Same origin only: a page of another site gets no socket."""

from channels.routing import URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import URLPattern

patterns: list[URLPattern] = []
sockets = AllowedHostsOriginValidator(URLRouter(patterns))
