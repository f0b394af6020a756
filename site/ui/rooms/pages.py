"""What a page needs to follow a room."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from ui.rooms import transport
from ui.rooms.tokens import make_token


@dataclass(frozen=True)
class Line:
    """The socket's address, "" where pages poll, and the token that opens it."""

    socket: str
    token: str


def make_line(path: str, thing: str) -> Line:
    """For a reader whom the thing's `visible_to` let through. `path` is the socket's own, such as `topics/<uuid>`."""
    socket = f"{settings.SOCKET_ORIGIN}/ws/{path}/" if transport.is_carried() else ""
    return Line(socket, make_token(thing, get_language() or settings.LANGUAGE_CODE))


def allow_socket(request: HttpRequest, response: HttpResponseBase) -> None:
    """Older Safari does not count sockets as 'self', and the sockets may live on another origin: name it."""
    origin = (settings.SOCKET_ORIGIN or request.build_absolute_uri("/")[:-1]).replace("http", "ws", 1)
    response._csp_update = {"connect-src": [origin]}  # type: ignore[attr-defined]
