"""Files that people brought along cannot act as pages of ours."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from ui.files.kinds import FileKind

POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def confine(response: HttpResponseBase) -> HttpResponseBase:
    """Nothing in the file may run, load anything, or be taken for another kind of file."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def allow_player(response: HttpResponseBase) -> HttpResponseBase:
    """Sound and video: opened by itself, the browser's own player reads the file again."""
    response.headers["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox allow-same-origin"
    return response


def serve(file: FieldFile, *, kind: FileKind, name: str) -> HttpResponseBase:
    """A stored file: pictures are shown, all else is a download. Who may have it is the caller's question."""
    try:
        opened = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    is_shown = kind is FileKind.PICTURE
    return confine(FileResponse(opened, as_attachment=not is_shown, filename=name, content_type=kind.content_type))
