"""A chain as a file: JSON lines for the verifier, rows for people."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from volunteers.models import LedgerChain, LedgerEntry
from volunteers.services.ledger.writing import canonical, find_head, write_moment

FORMAT = "chuoy-khum-ledger-1"


def export_lines(chain: LedgerChain) -> Iterator[bytes]:
    """The header, then every line with its hash: what `verify_ledger` reads."""
    count, head = find_head(chain)
    header = {"chain": str(chain.public_id), "entries": count, "format": FORMAT, "head": head}
    yield f"{canonical(header)}\n".encode()
    for entry in chain.entries.filter(number__lte=count).order_by("number").iterator(chunk_size=500):
        yield f"{canonical(_describe(chain, entry))}\n".encode()


def list_rows(entries: Iterable[LedgerEntry]) -> Iterator[list[object]]:
    """Rows under `list_header`."""
    for entry in entries:
        body = json.loads(entry.body)
        details = {name: value for name, value in body.items() if name not in ("count", "day")}
        yield [
            entry.number, write_moment(entry.at), entry.kind, body.get("day", ""), body.get("count"),
            canonical(details) if details else "", entry.previous_hash, entry.hash,
        ]  # fmt: skip


def list_header() -> list[str]:
    return [
        _("Number"), _("Written at (UTC)"), _("Kind"), _("Day"), _("Count"), _("Details"), _("Hash before"), _("Hash"),
    ]  # fmt: skip


def _describe(chain: LedgerChain, entry: LedgerEntry) -> dict[str, Any]:
    return {
        "at": write_moment(entry.at),
        "body": json.loads(entry.body),
        "chain": str(chain.public_id),
        "hash": entry.hash,
        "kind": entry.kind,
        "number": entry.number,
        "previous": entry.previous_hash,
    }
