"""What an uploaded file is, by its content and not by its name."""

import re
from collections.abc import Callable
from typing import IO

AUDIO = frozenset({"mp3", "m4a", "ogg", "opus"})
VIDEO = frozenset({"mp4", "webm"})
HEAD = 4096  # bytes that tell
MEGABYTE = 1_000_000
LIMITS = {**dict.fromkeys(AUDIO, 10 * MEGABYTE), **dict.fromkeys(VIDEO, 30 * MEGABYTE)}
LIMIT = 10 * MEGABYTE  # of every other kind
# A data file or a text never begins like a program, a script, a picture or an archive.
BINARY = re.compile(
    rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|#!|PK|%PDF|\x89PNG|\xff\xd8\xff|GIF8|Rar!|7z\xbc\xaf"
)


def _begins(*signatures: bytes, at: int = 0) -> Callable[[bytes], bool]:
    return lambda head: any(head[at:].startswith(signature) for signature in signatures)


def _is_mp3(head: bytes) -> bool:
    """An ID3 tag, or a frame of MPEG audio layer III at once."""
    return head.startswith(b"ID3") or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)


def _is_webm(head: bytes) -> bool:
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]


def _is_text(head: bytes) -> bool:
    return not BINARY.match(head) and b"\x00" not in head


_is_zip = _begins(b"PK\x03\x04", b"PK\x05\x06")
_is_mp4 = _begins(b"ftyp", at=4)
_is_ogg = _begins(b"OggS")
LOOKS: dict[str, Callable[[bytes], bool]] = {
    **dict.fromkeys(("docx", "odt", "ods", "pptx", "xlsx", "zip"), _is_zip),
    **dict.fromkeys(("csv", "txt"), _is_text),
    **dict.fromkeys(("mp4", "m4a"), _is_mp4),
    **dict.fromkeys(("ogg", "opus"), _is_ogg),
    "pdf": _begins(b"%PDF"),
    "mp3": _is_mp3,
    "webm": _is_webm,
}


def looks_like(file: IO[bytes], extension: str) -> bool:
    """Whether the content is what the extension says; False for kinds we do not know. Leaves the file at its start."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    look = LOOKS.get(extension.lower())
    return bool(look and look(head))


def limit_of(extension: str) -> int:
    """Most bytes of a file of this kind."""
    return LIMITS.get(extension.lower(), LIMIT)
