"""Nothing typed is lost: the words of someone whose session ran out wait in the new one until they are back."""

from django.http import HttpRequest

from forums.models.topic import TITLE_LENGTH
from forums.rendering import LONGEST

PREFIX = "unsent:"
MOST = 3  # texts one visitor may leave here


def keep_unsent(request: HttpRequest, key: str, text: str, title: str = "") -> None:
    """Keep a text, and the title beside it, for one sign-in. Signing in keeps the session's contents."""
    kept = [name for name in list(request.session.keys()) if name.startswith(PREFIX)]
    for name in kept[: max(0, len(kept) - 2 * MOST)]:
        del request.session[name]
    if text.strip():
        request.session[PREFIX + key] = text[:LONGEST]
    if title.strip():
        request.session[f"{PREFIX}{key}:title"] = title[:TITLE_LENGTH]


def take_unsent(request: HttpRequest, key: str) -> str:
    """The kept text, which then belongs to the page; "" without one. Does not touch the session of a mere reader."""
    if not request.user.is_authenticated:
        return ""
    return str(request.session.pop(PREFIX + key, ""))
