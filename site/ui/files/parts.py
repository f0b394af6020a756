"""Parts of a file: a player asks for them (`Range`) to begin in the middle, and some phones play nothing without."""

import re
from collections.abc import Iterator
from typing import IO, cast

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 64 * 1024


def cut(request: HttpRequest, response: FileResponse) -> HttpResponseBase:
    """The part that was asked for: 206, or 416 for one beyond the end. Several parts at once get the whole file."""
    asked = RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if not asked or not any(asked.groups()) or not is_fresh(request, response):
        return response
    size = int(response.headers["Content-Length"])
    first, last = read_range(asked[1], asked[2], size)
    if first > last:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = StreamingHttpResponse(
        read_part(cast("IO[bytes]", response.file_to_stream), first, last - first + 1), status=206
    )
    part._resource_closers.extend(response._resource_closers)  # type: ignore[attr-defined]
    part.headers["Content-Type"] = response.headers["Content-Type"]
    part.headers["Last-Modified"] = response.headers["Last-Modified"]
    part.headers["Content-Length"] = str(last - first + 1)
    part.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return part


def is_fresh(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the part still belongs to the file the browser began with (`If-Range`)."""
    begun_with = request.headers.get("If-Range")
    return begun_with is None or begun_with == response.headers["Last-Modified"]


def read_range(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte, counted from 0; `-500` are the last 500. First beyond last: nothing of it exists."""
    if not first:
        return max(0, size - int(last)), size - 1 if int(last) else -1
    return int(first), min(int(last or size), size - 1)


def read_part(file: IO[bytes], first: int, length: int) -> Iterator[bytes]:
    """So many bytes from there, in pieces."""
    file.seek(first)
    while length > 0 and (piece := file.read(min(CHUNK, length))):
        length -= len(piece)
        yield piece
