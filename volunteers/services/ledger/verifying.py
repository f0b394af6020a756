"""Whether an exported chain is whole. Reads the file alone: no database, and none of the code that wrote it."""

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FORMAT = "chuoy-khum-ledger-1"
HEADER = {"chain", "entries", "format", "head"}
LINE = {"at", "body", "chain", "hash", "kind", "number", "previous"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


class BrokenLedgerError(Exception):
    """`line` of the file, counted from 1, is the first that does not hold; 0 where it is none of them."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.line = line


@dataclass(frozen=True)
class Verified:
    chain: str
    entries: int
    head: str


def verify(lines: Iterable[bytes], known_head: str = "") -> Verified:
    """Recompute every hash from the bytes of the file. Raises `BrokenLedgerError` at the first line that is not what
    was written: a byte changed, a line left out, moved, or added. Lines cut off the end of an honest copy are seen by
    a hash noted before: give it as `known_head`.
    """
    source = enumerate(lines, start=1)
    number, first = next(source, (0, b""))
    if not number:
        raise BrokenLedgerError(0, "the file is empty")
    header = _read(number, first, HEADER)
    if header["format"] != FORMAT:
        raise BrokenLedgerError(1, f"the format is not {FORMAT}")
    previous, last_at, count, seen = "", "", 0, False
    for number, raw in source:
        line = _read(number, raw, LINE)
        count += 1
        _check_place(number, line, header["chain"], count, previous)
        _check_moment(number, line["at"], last_at)
        previous, last_at = _check_hash(number, line), line["at"]
        seen = seen or previous == known_head
    if header["entries"] != count or header["head"] != previous:
        raise BrokenLedgerError(1, f"the head does not fit: {count} lines were found, the last with hash {previous}")
    if known_head and not seen:
        raise BrokenLedgerError(0, "the known head is not in this file: its end was cut off, or it was written anew")
    return Verified(header["chain"], count, previous)


def _read(number: int, raw: bytes, names: set[str]) -> dict[str, Any]:
    """One line, which must be the very bytes that its content is written as."""
    if not raw.endswith(b"\n"):
        raise BrokenLedgerError(number, "the line has no end")
    try:
        found = json.loads(raw)
    except ValueError as error:
        raise BrokenLedgerError(number, "this is not JSON") from error
    if not isinstance(found, dict) or set(found) != names:
        raise BrokenLedgerError(number, f"the names in it are not {', '.join(sorted(names))}")
    if _bytes_of(found) + b"\n" != raw:
        raise BrokenLedgerError(number, "it is not written in the canonical way")
    return found


def _check_place(number: int, line: dict[str, Any], chain: str, count: int, previous: str) -> None:
    if line["chain"] != chain:
        raise BrokenLedgerError(number, "it belongs to another chain")
    if line["number"] != count:
        raise BrokenLedgerError(number, f"number {count} was expected, {line['number']} is written")
    if line["previous"] != previous:
        raise BrokenLedgerError(number, "it does not follow from the line before")


def _check_moment(number: int, at: str, last: str) -> None:
    if not isinstance(at, str) or not MOMENT.fullmatch(at):
        raise BrokenLedgerError(number, "the moment is not UTC to the microsecond")
    if at < last:
        raise BrokenLedgerError(number, "it is older than the line before")


def _check_hash(number: int, line: dict[str, Any]) -> str:
    content = {name: value for name, value in line.items() if name != "hash"}
    found = hashlib.sha256(_bytes_of(content)).hexdigest()
    if found != line["hash"]:
        raise BrokenLedgerError(number, "its hash does not fit its content")
    return found


def _bytes_of(value: dict[str, Any]) -> bytes:
    """RFC 8785 for what occurs here: text, whole numbers, true, false, null, lists and objects."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
