"""From an archive somebody brings to a parcel whose content is known to fit. Everything that is wrong is listed."""

import hashlib
import io
import json
import re
import stat
import zipfile
import zlib
from typing import Any

from django.utils.translation import gettext as _

from courses.services.coursefile.checking import check_data
from courses.services.coursefile.media import find_problem
from courses.services.coursefile.parcel import DATA, SUMS, CourseFileError, Parcel, Problem

MOST_PACKED = 40 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 400
MOST_DATA = 8 * 1024 * 1024
NAME = re.compile(r"media/(image|document)-[0-9a-z]{1,64}\.[a-z0-9]{1,5}")
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)


def open_parcel(content: bytes) -> Parcel:
    """Raises CourseFileError with all problems found; nothing is written, nothing is unpacked to a folder."""
    if len(content) > MOST_PACKED:
        raise CourseFileError([Problem("", _("The file is too large for a course."))])
    problems: list[Problem] = []
    parts = _unpack(content, problems)
    if problems:
        raise CourseFileError(problems)
    _check_sums(parts, problems)
    data = _read_data(parts.get(DATA), problems)
    if problems:
        raise CourseFileError(problems)
    media = {name: part for name, part in parts.items() if name not in {DATA, SUMS}}
    problems += check_data(data, set(media))
    if not problems:
        problems += _check_media(data["media"], media)
    if problems:
        raise CourseFileError(problems)
    return Parcel(data, media)


def _unpack(content: bytes, problems: list[Problem]) -> dict[str, bytes]:
    """Every part, read with a limit that counts what really comes out, not what the archive says."""
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        problems.append(Problem("", _("There are too many files in it.")))
        return {}
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                wrong = _check_part(info, parts)
                if wrong:
                    problems.append(Problem(info.filename[:120], wrong))
                    continue
                with archive.open(info) as file:
                    part = file.read(left + 1)
                left -= len(part)
                if left < 0:
                    problems.append(Problem(info.filename, _("Unpacked, this is too large for a course.")))
                    return {}
                parts[info.filename] = part
    except BROKEN:
        problems.append(Problem("", _("This is no course file, or it is damaged.")))
    return parts


def _check_part(info: zipfile.ZipInfo, parts: dict[str, bytes]) -> str:
    name = info.filename
    if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
        return _("The name leads out of the course's folder.")
    if stat.S_ISLNK(info.external_attr >> 16) or info.flag_bits & 1:
        return _("Links and locked files are not taken.")
    if name not in {DATA, SUMS} and not NAME.fullmatch(name):
        return _("A course file has no such part.")
    return _("The same name stands here twice.") if name in parts else ""


def _check_sums(parts: dict[str, bytes], problems: list[Problem]) -> None:
    problems.extend(Problem(name, _("This part is missing.")) for name in (DATA, SUMS) if name not in parts)
    if SUMS not in parts:
        return
    lines = parts[SUMS].decode(errors="replace").splitlines()
    told = {name: digest for digest, _space, name in (line.partition("  ") for line in lines)}
    problems.extend(Problem(name[:120], _("This part is missing.")) for name in sorted(set(told) - set(parts)))
    problems.extend(
        Problem(name, _("The checksum is wrong: the file was changed or damaged."))
        for name in sorted(set(parts) - {SUMS})
        if told.get(name) != hashlib.sha256(parts[name]).hexdigest()
    )


def _read_data(content: bytes | None, problems: list[Problem]) -> Any:
    if content is None:
        return None
    if len(content) > MOST_DATA:
        problems.append(Problem(DATA, _("This part is too large.")))
        return None
    try:
        return json.loads(content.decode())
    except (ValueError, RecursionError):
        problems.append(Problem(DATA, _("This part cannot be read.")))
        return None


def _check_media(facts: dict[str, Any], media: dict[str, bytes]) -> list[Problem]:
    problems = []
    for name, part in media.items():
        wrong = find_problem(name, facts[name]["kind"], part)
        if wrong:
            problems.append(Problem(name, wrong))
    return problems
