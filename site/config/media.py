"""Uploaded files from our own disk, for a server without nginx in front of it."""

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

from ui.files.parts import cut
from ui.sandbox import allow_player, confine

PICTURES = ("image/", "audio/", "video/")
MONTH = 60 * 60 * 24 * 30


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file: pictures, sounds and videos are shown, all else is a download; nothing in it may run or load anything.

    A player asks for a part of the file (`Range`) to begin in the middle.
    """
    response: HttpResponseBase = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    kind = response.headers.get("Content-Type", "")
    if isinstance(response, FileResponse):
        response = cut(request, response)
        response.headers["Accept-Ranges"] = "bytes"
    if not kind.startswith(PICTURES):
        response.headers["Content-Disposition"] = "attachment"
    confine(response)
    if kind.startswith(("audio/", "video/")):
        allow_player(response)
    response.headers["Cache-Control"] = f"public, max-age={MONTH}"
    return response
