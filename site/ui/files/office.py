"""Word, Excel and LibreOffice files are zip archives: looked into, never unpacked. Only small, named parts are read."""

import io
import re
import zipfile
import zlib

from ui.files.kinds import FileKind

MOST_PARTS = 3000
MOST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 150  # text packs to about a tenth; a bomb to a thousandth
RATIO_FROM = 5 * 1024 * 1024  # below this even a thousandfold does no harm
MOST_READ = 2 * 1024 * 1024
MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": FileKind.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": FileKind.XLSX,
}
ODF_TYPES = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
}
PROGRAM_PARTS = re.compile(r"^(androidmanifest\.xml|meta-inf/manifest\.mf|classes\.dex|payload/.+\.app/)")
MACRO_PARTS = re.compile(
    r"(vbaproject\.bin$|^xl/macrosheets/|/activex/|/embeddings/[^/]+\.bin$|^basic/.|^scripts/.)", re.IGNORECASE
)
REMOTE_TEMPLATE = re.compile(rb"attachedTemplate[^>]*Target=[\"']https?:|Target=[\"']https?:[^>]*attachedTemplate")
SETTINGS_LINKS = "word/_rels/settings.xml.rels"


class OfficeFileError(Exception):
    """An archive that we do not take; `code` says why (a key of `checking.SENTENCES`)."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def read_office_kind(content: bytes) -> FileKind:
    """Which office file these bytes are. Raises OfficeFileError for other archives, macros, bombs and the like."""
    if content.count(b"PK\x01\x02") > MOST_PARTS:  # counted before the list of parts is built
        raise OfficeFileError("unsafe")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts)
            return _read_kind(archive, {part.filename for part in parts})
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        raise OfficeFileError("damaged") from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if any(PROGRAM_PARTS.match(name.lower()) for name in names):
        raise OfficeFileError("program")
    if any(_climbs(name) for name in names) or len(set(names)) < len(names) or _is_bomb(parts):
        raise OfficeFileError("unsafe")
    if any(part.flag_bits & 1 for part in parts):
        raise OfficeFileError("locked")
    if any(MACRO_PARTS.search(part.filename) and part.file_size for part in parts):
        raise OfficeFileError("macros")


def _climbs(name: str) -> bool:
    """Whether unpacking this part could write outside its folder."""
    return name.startswith(("/", "\\")) or ":" in name or "\\" in name or ".." in name.split("/")


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    return unpacked > MOST_UNPACKED or (unpacked > RATIO_FROM and unpacked / packed > MOST_RATIO)


def _read_kind(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    if "mimetype" in names:
        kind = ODF_TYPES.get(_read(archive, "mimetype").strip())
        if kind is not None and "content.xml" in names:
            if b"manifest:encryption-data" in _read(archive, "META-INF/manifest.xml", names):
                raise OfficeFileError("locked")
            return kind
    types = _read(archive, "[Content_Types].xml", names).decode("utf-8", "replace")
    if "macroenabled" in types.lower() or REMOTE_TEMPLATE.search(_read(archive, SETTINGS_LINKS, names)):
        raise OfficeFileError("macros")
    for name, found in MAIN_TYPES.items():
        if name in types:
            return found
    raise OfficeFileError("archive")


def _read(archive: zipfile.ZipFile, name: str, names: set[str] | None = None) -> bytes:
    """The beginning of one part; nothing for one that is not there."""
    if names is not None and name not in names:
        return b""
    with archive.open(name) as part:
        return part.read(MOST_READ)
