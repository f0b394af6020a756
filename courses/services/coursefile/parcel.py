"""A course as one file: `course.json`, `media/*` and `SHA256SUMS` in a zip archive.

`course.json`: {"format", "version", "languages": ["km", "en"],
 "course": {language: {"fields": {...}, "rows": {name: [{...}]}}}, "lessons": [{language: {...}}, ...],
 "banks": [{language: {...}}, ...],
 "media": {"media/image-1f….png": {"kind": "image", "title": …}}}.
Ids of blocks are numbers of this file, given in the order in which they appear; the same id in both languages stays the
same. Two exports of equal content are equal byte for byte.
"""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import Any

FORMAT, VERSION = "chuoy-khum-course", 1
DATA, SUMS = "course.json", "SHA256SUMS"
BEGINNING = (2000, 1, 1, 0, 0, 0)  # one date for all parts, so that equal content makes an equal file
LANGUAGES = ("km", "en")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a course file, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class CourseFileError(Exception):
    """A file that is not taken; `problems` says what and where."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


@dataclass
class Parcel:
    """The content of a course file: `data` as in `course.json`, `media` by name."""

    data: dict[str, Any]
    media: dict[str, bytes] = field(default_factory=dict)

    @property
    def languages(self) -> list[str]:
        languages: list[str] = self.data["languages"]
        return languages


def pack(parcel: Parcel) -> bytes:
    """The archive of a parcel."""
    data = json.dumps(parcel.data, ensure_ascii=False, indent=1, sort_keys=True).encode()
    parts = {DATA: data, **dict(sorted(parcel.media.items()))}
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in parts.items())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, SUMS: sums.encode()}.items():
            info = zipfile.ZipInfo(name, BEGINNING)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()
