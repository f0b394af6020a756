"""Nothing typed is lost: the words of someone whose session ran out wait in the new one until they are back.

Locked, and under names that tell nothing, whatever they are: so nothing in a row of a session says that somebody was
about to write protected.
"""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from forums import seals
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
        request.session[name_of(key)] = lock(text[:LONGEST])
        if len(text) > LONGEST:
            messages.warning(request, _("Your text is longer than a post may be. Only its beginning was kept here."))
    if title.strip():
        request.session[name_of(f"{key}:title")] = lock(title[:TITLE_LENGTH])


def take_unsent(request: HttpRequest, key: str) -> str:
    """The kept text, which then belongs to the page; "" without one. Does not touch the session of a mere reader."""
    if not request.user.is_authenticated:
        return ""
    kept = str(request.session.pop(name_of(key), ""))
    return seals.unlock_words(kept) if kept and seals.is_available() else kept


def name_of(key: str) -> str:
    return PREFIX + (seals.make_label(key) if seals.is_available() else key)


def lock(text: str) -> str:
    return seals.lock_words(text) if seals.is_available() else text
