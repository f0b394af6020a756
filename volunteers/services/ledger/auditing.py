"""All that is stored, checked: each chain by the verifier of files, and each day against the chains and the log."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from volunteers.enums import LedgerKind
from volunteers.models import LedgerChain, LedgerEntry
from volunteers.services.ledger.daily import digest_heads
from volunteers.services.ledger.events import digest_log
from volunteers.services.ledger.exporting import export_lines
from volunteers.services.ledger.verifying import BrokenLedgerError, verify


@dataclass(frozen=True)
class Fault:
    """`where`: a chain's id, or a day."""

    where: str
    reason: str


def audit() -> Iterator[Fault]:
    """Everything that does not hold; nothing where all does."""
    for chain in LedgerChain.objects.order_by("pk").iterator():
        try:
            verify(export_lines(chain))
        except BrokenLedgerError as error:
            yield Fault(str(chain.public_id), str(error))
    days = LedgerEntry.objects.filter(chain__office=None, kind=LedgerKind.DAY).order_by("number")
    for entry in days.iterator(chunk_size=500):
        yield from _audit_day(entry)


def _audit_day(entry: LedgerEntry) -> Iterator[Fault]:
    """The lines written together with the day's own, and the log that they were made from."""
    body = json.loads(entry.body)
    lines = LedgerEntry.objects.filter(at=entry.at, chain__office__isnull=False)
    found = [
        (chain.hex, number, head) for chain, number, head in lines.values_list("chain__public_id", "number", "hash")
    ]
    if len(found) != body["lines"] or digest_heads(found) != body["heads"]:
        yield Fault(body["day"], f"{body['lines']} lines were written in all chains, {len(found)} are there")
    count, digest = digest_log(date.fromisoformat(body["day"]))
    if (count, digest) != (body["log_lines"], body["log"]):
        yield Fault(body["day"], f"the log of changes is not what it was: {body['log_lines']} lines then, {count} now")
