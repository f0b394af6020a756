"""The verifier of files finds whatever was changed, and needs no database for it."""

import hashlib
import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Organisation
from tests.servers import ROOT
from tests.volunteers.ledger.days import apply
from volunteers.models import LedgerChain
from volunteers.services.ledger.daily import write_due
from volunteers.services.ledger.exporting import export_lines
from volunteers.services.ledger.verifying import BrokenLedgerError, Verified, verify


def write(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def forge(count: int, *, at: str = "2026-11-02T18:00:00.000000Z") -> list[bytes]:
    """A chain made by hand, from the description of the format alone."""
    lines, previous = [], ""
    for number in range(1, count + 1):
        line: dict[str, Any] = {"at": at, "body": {"count": number}, "chain": "c", "kind": "applied"}
        line |= {"number": number, "previous": previous}
        previous = hashlib.sha256(write(line)).hexdigest()
        lines.append(write(line | {"hash": previous}) + b"\n")
    header = {"chain": "c", "entries": count, "format": "chuoy-khum-ledger-1", "head": previous}
    return [write(header) + b"\n", *lines]


def head_of(lines: list[bytes]) -> str:
    head: str = json.loads(lines[0])["head"]
    return head


def test_an_honest_file_holds() -> None:
    lines = forge(4)
    assert verify(lines) == Verified("c", 4, head_of(lines))
    assert verify(forge(0)) == Verified("c", 0, "")
    assert verify(lines, known_head=head_of(forge(3))).entries == 4  # the chain grew since


def test_every_single_byte_counts() -> None:
    honest = b"".join(forge(3))
    for place in range(len(honest)):
        changed = honest[:place] + bytes([honest[place] ^ 1]) + honest[place + 1 :]
        with pytest.raises(BrokenLedgerError):
            verify(changed.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("tamper", "line", "reason"),
    [
        (lambda lines: [*lines[:2], *lines[3:]], 3, "number 2 was expected, 3 is written"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], 2, "number 1 was expected, 2 is written"),
        (lambda lines: lines[:-1], 1, "the head does not fit"),
        (lambda lines: [*lines, lines[-1]], 6, "number 5 was expected, 4 is written"),
        (
            lambda lines: [lines[0], lines[1].replace(b'"count":1', b'"count":2'), *lines[2:]],
            2,
            "its hash does not fit",
        ),
        (lambda lines: [lines[0], lines[1].replace(b":", b": ", 1), *lines[2:]], 2, "not written in the canonical way"),
        (lambda lines: [*lines[:-1], lines[-1].rstrip()], 5, "the line has no end"),
        (lambda _: [], 0, "the file is empty"),
        (lambda _: [b"\xff\n"], 1, "this is not JSON"),
    ],
)
def test_the_first_broken_line_is_named(tamper: Any, line: int, reason: str) -> None:
    with pytest.raises(BrokenLedgerError, match=reason) as error:
        verify(tamper(forge(4)))
    assert error.value.line == line


def test_an_end_cut_off_with_a_new_header_is_seen_by_the_known_head() -> None:
    known = head_of(forge(4))
    assert verify(forge(3)).entries == 3  # by itself it looks whole
    with pytest.raises(BrokenLedgerError, match="its end was cut off"):
        verify(forge(3), known_head=known)


def test_a_line_changed_with_its_hash_breaks_the_next() -> None:
    lines = forge(4)
    line = json.loads(lines[2])
    del line["hash"]
    line["body"]["count"] = 9
    lines[2] = write(line | {"hash": hashlib.sha256(write(line)).hexdigest()}) + b"\n"
    with pytest.raises(BrokenLedgerError, match="line 4: it does not follow"):
        verify(lines)


@pytest.mark.django_db
def test_what_is_exported_holds_and_all_that_is_stored(office: Organisation) -> None:
    apply(office, days=3, to="accepted")
    write_due()
    for chain in LedgerChain.objects.all():
        done = verify(list(export_lines(chain)))
        assert (done.chain, done.entries) == (str(chain.public_id), chain.entries.count())
    out = StringIO()
    call_command("verify_ledger", "--all", stdout=out)
    assert out.getvalue() == "every chain holds\n"


def test_the_command_needs_no_database(tmp_path: Path) -> None:
    file = tmp_path / "chain.jsonl"
    file.write_bytes(b"".join(forge(2)))
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing", "PYTHONPATH": "site:."}
    environment |= {"DJANGO_SETTINGS_MODULE": "config.settings.test", "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "verify_ledger", str(file)]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert run.stdout == f"chain c holds: 2 lines, head {head_of(forge(2))}\n", run.stderr
    file.write_bytes(b"".join(forge(2)[:2]))
    with pytest.raises(CommandError, match="line 1: the head does not fit"):
        call_command("verify_ledger", str(file))


@pytest.mark.parametrize("arguments", [[], ["one.jsonl", "--all"]])
def test_the_command_wants_one_thing(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="Name one file"):
        call_command("verify_ledger", *arguments)
