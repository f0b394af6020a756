"""Files as they come in: known by their content, never by their name; what could do harm gets no further."""

import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ui.files.kinds import FileKind
from ui.files.office import OfficeFileError, read_office_kind
from ui.files.photos import PhotoError, redraw
from ui.words import to_bytes, to_digits

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 4
LONGEST_NAME = 200
JOINERS = "\u200b\u200c\u200d"  # invisible, and part of Khmer spelling

MACH_O = (b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"dex\n", *MACH_O)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
SENTENCES = {
    "empty": gettext_noop("“%(name)s” is empty. Choose it once more."),
    "large": gettext_noop("“%(name)s” has %(size)s. A file may have up to %(most)s. A photo is smaller than a video."),
    "program": gettext_noop("“%(name)s” is a program, whatever its name says. We take photos and documents only."),
    "archive": gettext_noop("“%(name)s” is a packed folder. Choose the files that are in it."),
    "old": gettext_noop("“%(name)s” is an old Word or Excel file. Save it as .docx or .xlsx, then choose it again."),
    "unknown": gettext_noop(
        "We do not take files like “%(name)s”. Choose a photo, PDF, Word, Excel or LibreOffice file."
    ),
    "damaged": gettext_noop("“%(name)s” is damaged and does not open. Save it, or take the photo, once more."),
    "pixels": gettext_noop("“%(name)s” has too many pixels for us. Take the photo in a smaller size."),
    "macros": gettext_noop("“%(name)s” has macros, small programs, in it. Save it without macros, as .docx or .xlsx."),
    "locked": gettext_noop("“%(name)s” is locked with a password. Save it without one, so that it can be read."),
    "unsafe": gettext_noop("“%(name)s” is packed in a way that could do harm. Save it once more in Word or Excel."),
}


class FileRefusedError(Exception):
    """A file that we do not take. `code` is a key of `SENTENCES`; the text is the sentence for the person."""

    def __init__(self, code: str, name: str, size: int = 0) -> None:
        self.code = code
        values = {"name": name, "size": to_bytes(size), "most": to_bytes(MOST_BYTES)}
        super().__init__(_(SENTENCES[code]) % values)


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept. `name` is the person's own with the true ending; documents have no pixels."""

    name: str
    kind: FileKind
    content: bytes
    width: int = 0
    height: int = 0


def check_file(upload: UploadedFile[Any]) -> CheckedFile:
    """The file made safe: pictures drawn anew, documents as they are. Raises FileRefusedError."""
    name = clean_name(upload.name or "")
    size = upload.size or 0
    if not size:
        raise FileRefusedError("empty", name)
    if size > MOST_BYTES:  # said before anything of it is read
        raise FileRefusedError("large", name, size)
    content = upload.read()
    try:
        return _check_content(content, name)
    except (OfficeFileError, PhotoError) as error:
        raise FileRefusedError(error.code, name) from error


def clean_name(name: str) -> str:
    """The last part of a name, without characters that are invisible or turn the line around."""
    last = PurePath(name.replace("\\", "/")).name
    kept = "".join(each for each in last if each in JOINERS or unicodedata.category(each)[0] != "C").strip()
    return kept if 0 < len(kept) <= LONGEST_NAME else _("file")


def count_files(files: list[UploadedFile[Any]]) -> str:
    """What is wrong with how many there are, "" when nothing is."""
    if len(files) > MOST_FILES:
        return to_digits(_("Choose at most %(most)s files at a time.") % {"most": MOST_FILES})
    return ""


def _check_content(content: bytes, name: str) -> CheckedFile:
    kind = find_kind(content, name)
    stem = PurePath(name).stem or name
    if kind is FileKind.PICTURE:
        picture = redraw(content)
        return CheckedFile(f"{stem}{kind.suffix}", kind, picture.content, picture.width, picture.height)
    return CheckedFile(f"{stem}{kind.suffix}", kind, content)


def find_kind(content: bytes, name: str) -> FileKind:
    """What the bytes are. Raises FileRefusedError or OfficeFileError for all that we do not take."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or _is_webp(content) or _is_heic(content):
        return FileKind.PICTURE
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise FileRefusedError("damaged", name)
        return FileKind.PDF
    if content.startswith(b"PK\x03\x04"):
        return read_office_kind(content)
    if content.startswith(PROGRAMS):
        raise FileRefusedError("program", name)
    raise FileRefusedError("old" if content.startswith(OLD_OFFICE) else "unknown", name)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS
