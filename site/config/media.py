"""Uploaded files from our own disk, for a server without nginx in front of it."""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

PICTURES = ("image/", "audio/", "video/")
MONTH = 60 * 60 * 24 * 30


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One file: pictures and sounds are shown, all else is a download; nothing in it may run or load anything."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    if not response.headers.get("Content-Type", "").startswith(PICTURES):
        response.headers["Content-Disposition"] = "attachment"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response.headers["Cache-Control"] = f"public, max-age={MONTH}"
    return response
